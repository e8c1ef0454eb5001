import { afterEach, describe, expect, it } from 'vitest';
import type { PolicyDeps } from '../../../activities/policy/deps.js';
import type { Git } from '../../../domain/ports/git.js';
import { policyOf } from '../../domain/policy/judge-rules.js';
import { createMemoryGit } from '../../fakes/memory-git.js';
import { commit as commitInForce, type MadeVersion, openPolicyRoom, type PolicyRoom } from './policy-room.js';

const made: MadeVersion = {
  dataset: 1,
  rows: {
    train: { from: 0, count: 600 },
    validation: { from: 600, count: 300 },
    test: { from: 900, count: 300 },
  },
};

let room: PolicyRoom | undefined;
let judgedRun = '';
afterEach(() => room?.close());

/** A check in JavaScript: `say` writes the verdict, `input` reads what the platform gave. */
const script = (body: string) => `
import { execFileSync } from 'node:child_process';
import { linkSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
const at = (name) => process.env.RATCHET_INPUT + '/' + name;
const input = (name) => readFileSync(at(name), 'utf8');
const verdictFile = process.env.RATCHET_OUTPUT + '/verdict.json';
const say = (verdict) => writeFileSync(verdictFile, JSON.stringify(verdict));
${body}
`;

async function run(
  body: string,
  changes: object = {},
  origin: 'model' | 'organisation' = 'model',
  deps: Partial<PolicyDeps> = {},
) {
  room = await openPolicyRoom({ 'checks/check.mjs': script(body) }, deps);
  const program = { name: 'check', path: 'checks', command: [process.execPath, 'check.mjs'], ...changes };
  room.putInForce(policyOf({ programs: [program] }), origin);
  const input = await room.register('1', made);
  judgedRun = input.runId;
  await room.judge(input).catch(() => undefined);
  const found = room.verdicts.at(-1)?.rules.find(({ kind }) => kind === 'program');
  if (found === undefined) throw new Error('the program has a result');
  return found;
}

const pass = `say({ verdict: 'pass', text: 'all well' });`;

describe('a program of a policy', () => {
  it('reads the validation rows, the predictions of the platform, the model and the facts, and decides', async () => {
    const result = await run(`
      const lines = input('validation_predictions.csv').trim().split('\\n');
      const { label, inputs, threshold } = JSON.parse(input('params.json'));
      const facts = JSON.parse(input('facts.json'));
      const shares = lines.slice(1).map(Number);
      say({
        verdict: shares.length === 300 && shares.every((share) => share >= 0 && share <= 1) ? 'pass' : 'fail',
        text: [readdirSync(process.env.RATCHET_INPUT).sort(), label, inputs, facts.dataset.rows.all, threshold > 0].join(' '),
        actual: shares.length,
        limit: 300,
      });`);
    expect(result).toMatchObject({ verdict: 'pass', kind: 'program', actual: 300, limit: 300 });
    expect(result.text).toBe(
      'facts.json,model.onnx,params.json,validation.parquet,validation_predictions.csv label x,y 1200 true',
    );
  });

  it('sees test rows only where it comes from the repository of the organisation', async () => {
    const looking = `say({ verdict: 'pass', text: readdirSync(process.env.RATCHET_INPUT).filter((name) => name.startsWith('test')).sort().join() || 'none' });`;
    expect((await run(looking)).text).toBe('none');
    await room?.close();
    const result = await run(looking, {}, 'organisation');
    expect(result).toMatchObject({ text: 'test.parquet,test_predictions.csv', origin: 'organisation' });
  });

  it('is read from the repository of the organisation, at the commit whose policy is in force', async () => {
    const git = createMemoryGit({ [commitInForce]: { 'checks/check.mjs': script(pass) } });
    const asked: string[] = [];
    const checkOut: Git['checkOut'] = (repo, commit, ...rest) => {
      asked.push(`${repo} ${commit}`);
      return git.checkOut(repo, commit, ...rest);
    };
    const origin = 'organisation';
    expect(await run(pass, {}, origin, { git: { ...git, checkOut } })).toMatchObject({
      verdict: 'pass',
      origin,
    });
    expect(asked).toEqual([`/organisation ${commitInForce}`]);
  });

  it('is an error where no project is the organisation any more, and the version is refused', async () => {
    const projects = {
      get: async () => Promise.reject(new Error('nobody')),
      organisation: async () => undefined,
    };
    const result = await run(pass, {}, 'organisation', { projects });
    expect(result.verdict).toBe('error');
    expect(result.text).toContain("it cannot be run: no project is the organisation's");
    expect(room?.moves).toMatchObject([{ to: 'refused' }]);
  });

  it.each([
    ['says nothing', '', 'it wrote no verdict.json'],
    ['ends badly after a pass', `${pass} process.exit(3);`, 'exit code 3'],
    ['throws', `throw new Error('broken');`, 'it ended with exit code 1; it wrote no verdict.json'],
    ['says more than 4 KiB', `say({ verdict: 'pass', text: 'x'.repeat(5000) });`, 'OUTPUT_INVALID'],
    ['lays a link', `symlinkSync('/proc/self/environ', verdictFile);`, 'OUTPUT_INVALID'],
    [
      'lays a second name of a file',
      `${pass} linkSync(verdictFile, verdictFile + '.copy');`,
      'OUTPUT_INVALID',
    ],
    ['lays a pipe that nobody writes to', `execFileSync('mkfifo', [verdictFile]);`, 'OUTPUT_INVALID'],
    ['lays a folder', `mkdirSync(verdictFile);`, 'OUTPUT_INVALID'],
    ['is killed after a pass', `${pass} process.kill(process.pid, 'SIGKILL');`, 'SIGKILL'],
    [
      'writes bytes that are no text',
      `writeFileSync(verdictFile, Buffer.from([0x7b, 0xff, 0x7d]));`,
      'no JSON',
    ],
    ['says no JSON', `writeFileSync(verdictFile, 'pass');`, 'no JSON'],
  ])('that %s is an error, and the version is refused', async (_, body, words) => {
    const result = await run(body);
    expect(result.verdict).toBe('error');
    expect(result.text).toContain(words);
    expect(room?.moves).toMatchObject([{ to: 'refused' }]);
  });

  it('leaves what it wrote on the run, that of the organisation under a name of its own', async () => {
    const telling = `console.log('looked at 300 rows'); console.error('and gave up'); process.exit(3);`;
    const logOf = async (step: string) => {
      const logs = (await room?.stores.runs.logs(judgedRun)) ?? [];
      expect(logs.map((log) => log.step)).toEqual([step]);
      const [log] = logs;
      return log && new TextDecoder().decode(await room?.blobs.getBytes(log));
    };
    await run(telling);
    const said = await logOf('policy-check');
    expect(said).toContain('looked at 300 rows\n');
    expect(said).toContain('and gave up\n');
    await room?.close();
    await run(telling, {}, 'organisation');
    expect(await logOf('organisation-check')).toContain('looked at 300 rows\n');
  });

  it('that does not end is ended at its limit', async () => {
    const result = await run(`${pass} setInterval(() => {}, 1000);`, { minutes: 0.03 });
    expect(result).toMatchObject({ verdict: 'error', text: expect.stringContaining('wall limit') });
  });

  it('that warns does not stop the version', async () => {
    await run(`say({ verdict: 'fail', text: 'slow', actual: 9, limit: 5 });`, { severity: 'warn' });
    expect(room?.moves).toMatchObject([{ to: 'candidate' }]);
  });

  it('that is not in the repository is an error', async () => {
    const result = await run(pass, { path: 'elsewhere' });
    expect(result.verdict).toBe('error');
  });
});
