import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseModel, parseProject } from '../../../domain/config/configuration-files.js';
import { parsePolicy } from '../../../domain/policy/parse-policy.js';
import { firstPush, leak, reviewedPolicy, timetableAlone } from '../../../scripts/demo/edits.js';
import { createDemoRepository } from '../../../scripts/demo/git-repository.js';
import { packageRoot } from '../../../stack/package-root.js';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'ratchet repository '));
});
afterEach(() => rm(root, { recursive: true, force: true }));

const git = (path: string, ...args: string[]) =>
  execFileSync('git', args, { cwd: path, encoding: 'utf8' }).trim();

const policyOf = (path: string) =>
  parsePolicy(git(path, 'show', 'main:models/late-arrival/policy.yaml'), 'policy.yaml');

describe('createDemoRepository', () => {
  it('commits the example under another project name', async () => {
    const { path } = await createDemoRepository(join(root, 'deep/flights'), 'flight-delay-2');
    expect(await readFile(join(path, 'ratchet.project.yaml'), 'utf8')).toContain('project: flight-delay-2\n');
    expect(git(path, 'status', '--porcelain')).toBe('');
    expect(git(path, 'log', '--format=%an <%ae>', 'main')).toBe('Dana Scientist <dana@example.com>');
    expect(git(path, 'ls-files')).toContain('models/late-arrival/ratchet.yaml');
  });

  it('begins with the strict policy, and the reviewed one differs from it by one rule', async () => {
    const repository = await createDemoRepository(join(root, 'flights'));
    const before = policyOf(repository.path);
    expect(before.rules.map(({ name }) => name)).toContain('even-carriers');
    await repository.commit(await reviewedPolicy(), 'Reviewed');
    const after = policyOf(repository.path);
    expect(after.rules).toEqual(before.rules.filter(({ name }) => name !== 'even-carriers'));
    expect(after.people).toEqual(before.people);
    expect(after.people?.stages).toMatchObject([{ role: 'reviewer', quorum: 2 }]);
  });

  it('is pushed with what its host needs, and the first push makes the main model that of the example', async () => {
    const repository = await createDemoRepository(join(root, 'flights'));
    const file = 'models/late-arrival/ratchet.yaml';
    const ofMain = () => git(repository.host.path, 'show', `main:${file}`);
    const [before, project] = [ofMain(), git(repository.host.path, 'show', 'main:ratchet.project.yaml')];
    expect(parseProject(project, 'ratchet.project.yaml').notifications).toMatchObject({
      desk: { kind: 'webhook', about: ['run.failed', 'run.refused'] },
    });
    await repository.commit(firstPush, 'Tuned');
    await repository.push();
    expect(ofMain()).not.toBe(before);
    expect(`${ofMain()}\n`).toBe(await readFile(join(packageRoot(), 'examples/flight-delay', file), 'utf8'));
    expect(Object.keys(parseModel(ofMain(), file).triggers.schedules)).toEqual(['weekly']);
  });

  it('has commits of a member, and two reviewers beside them', async () => {
    const { path } = await createDemoRepository(join(root, 'flights'));
    const file = 'ratchet.project.yaml';
    const { members, changes } = parseProject(git(path, 'show', `main:${file}`), file);
    const author = git(path, 'log', '-1', '--format=%ae', 'main');
    expect(members.filter(({ emails }) => emails.includes(author)).map(({ name }) => name)).toEqual(['dana']);
    const reviewers = members.filter(({ name, roles }) => name !== 'dana' && roles.includes('reviewer'));
    expect([reviewers.length, changes?.role]).toEqual([2, 'reviewer']);
  });

  it('makes a candidate that leaks and one that is weak, which differ from main in their inputs', async () => {
    const repository = await createDemoRepository(join(root, 'flights'));
    const inputsAt = (ref: string) => {
      const file = 'models/late-arrival/ratchet.yaml';
      return parseModel(git(repository.path, 'show', `${ref}:${file}`), file).evaluation.inputs;
    };
    await repository.commit(leak, 'Leak', 'leak');
    await repository.commit(timetableAlone, 'Weak', 'weak');
    const inputs = inputsAt('main');
    expect(inputsAt('leak').filter((input) => !inputs.includes(input))).toEqual(['dep_delay']);
    expect(git(repository.path, 'show', 'leak:tables/flights.yaml')).not.toContain('dep_delay: departed_at');
    expect(inputsAt('weak').length).toBeLessThan(inputs.length / 2);
    expect(inputs).toEqual(expect.arrayContaining([...inputsAt('weak')]));
  });

  it('breaks and mends the training on a branch, and leaves main alone', async () => {
    const repository = await createDemoRepository(join(root, 'flights'));
    const main = git(repository.path, 'rev-parse', 'main');
    const branch = await repository.commitBrokenTraining();
    expect(git(repository.path, 'show', `${branch}:training/estimators.py`)).toContain('max_iters=');
    expect(git(repository.path, 'branch', '--show-current')).toBe('main');
    await repository.commitFixedTraining();
    expect(git(repository.path, 'diff', 'main', branch)).toBe('');
    expect(git(repository.path, 'rev-parse', 'main')).toBe(main);
  });

  it('commits edits to main and gives the commit', async () => {
    const repository = await createDemoRepository(join(root, 'flights'));
    const id = await repository.commit({ 'docs/new.md': () => 'new\n' }, 'A page');
    expect(git(repository.path, 'rev-parse', 'main')).toBe(id);
    expect(git(repository.path, 'show', 'main:docs/new.md')).toBe('new');
  });

  it('does not write into a repository that is there', async () => {
    await createDemoRepository(join(root, 'flights'));
    await expect(createDemoRepository(join(root, 'flights'))).rejects.toThrow(/exist/);
  });
});
