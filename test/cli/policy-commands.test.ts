import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { printPolicyVerdict } from '../../cli/policy-print.js';
import type { PolicyVerdictRecord } from '../../domain/ports/policies.js';
import { captured, runCommand } from './run-command.js';

const example = join(import.meta.dirname, '../../examples/flight-delay');
const model = 'models/late-arrival';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'policies of a model '));
  await cp(example, folder, { recursive: true });
});
afterEach(() => rm(folder, { recursive: true }));

const policy = (...words: string[]) => runCommand(['policy', ...words]);

/** Replaces text in a file; a text that is not there would make a test that proves nothing. */
async function change(file: string, from: string, to: string): Promise<void> {
  const text = await readFile(join(folder, file), 'utf8');
  expect(text).toContain(from);
  await writeFile(join(folder, file), text.replace(from, to));
}

describe('ratchet policy check', () => {
  it('finds nothing in the example', async () => {
    const { exitCode, stdout } = await policy('check', folder);
    expect([exitCode, stdout.trim().split('\n')]).toEqual([
      0,
      [`ok     ${model}/policy-strict.yaml`, `ok     ${model}/policy.yaml`],
    ]);
  });

  it('names file, line and column, the metrics there are, and the one that was meant', async () => {
    await change(`${model}/policy.yaml`, 'metrics.test.skill.value > 0', 'metrics.test.skil.value > 0');
    const { exitCode, stdout, stderr } = await policy('check', folder);
    expect(exitCode).toBe(2);
    expect(stderr).toBe('CONFIG_INVALID: 1 of 2 files is wrong\n');
    expect(stdout).toMatch(
      /wrong {2}models\/late-arrival\/policy\.yaml:\d+:14: rules\[5\]\.require is an unknown metric "skil"/,
    );
    expect(stdout).toContain('did you mean "skill"?');
  });

  it('gives the same to programs', async () => {
    await change(`${model}/policy.yaml`, 'gaps.origin.recall.worst', 'gaps.destination.recall.worst');
    const { json } = await policy('check', folder, '--json');
    expect(json.files).toContainEqual({
      file: `${model}/policy.yaml`,
      ok: false,
      problems: [expect.objectContaining({ path: 'rules[6].require', column: 14 })],
    });
  });

  it('reads a folder without a project, such as that of the organisation', async () => {
    const alone = join(folder, 'organisation');
    await mkdir(alone);
    await writeFile(
      join(alone, 'policy.yaml'),
      'version: 1\nrules: [{ name: a, require: gaps.region.mae.ratio > 0.5 }]\n',
    );
    expect((await policy('check', alone)).stdout).toBe('ok     policy.yaml\n');
  });

  it('refuses a file that is no text, as the platform does', async () => {
    const file = join(folder, `${model}/policy.yaml`);
    await writeFile(file, Buffer.concat([await readFile(file), Buffer.from('# caf\xe9\n', 'latin1')]));
    const { exitCode, stdout } = await policy('check', folder);
    expect([exitCode, stdout]).toEqual([
      2,
      expect.stringContaining(`wrong  ${model}/policy.yaml is not UTF-8 text`),
    ]);
  });

  it('takes a file too, and looks at no other', async () => {
    await change(`${model}/policy-strict.yaml`, 'version: 1', 'version: 2');
    const { exitCode, stdout } = await policy('check', join(folder, model, 'policy.yaml'));
    expect([exitCode, stdout]).toEqual([0, 'ok     policy.yaml\n']);
    expect((await policy('check', join(folder, 'ratchet.project.yaml'))).stderr).toContain('is no policy');
  });

  it('says where it looked when there is none', async () => {
    await mkdir(join(folder, 'empty'));
    const { exitCode, stderr } = await policy('check', join(folder, 'empty'));
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('there is no policy.yaml in')]);
  });
});

describe('the repository of the organisation', () => {
  let house: string;
  beforeEach(async () => {
    house = join(folder, 'house');
    await mkdir(join(house, 'policy-tests'), { recursive: true });
    await writeFile(
      join(house, 'ratchet.project.yaml'),
      'version: 1\nproject: house\norganisation: true\nmodels: []\nsources: {}\n',
    );
    await writeFile(
      join(house, 'policy.yaml'),
      'version: 1\nrules: [{ name: enough, require: dataset.rows.test >= 100 }]\n',
    );
    await writeFile(
      join(house, 'policy-tests/policy.yaml'),
      'version: 1\npolicy: policy.yaml\nfacts: { dataset: { rows: { test: 99 } } }\ncases: [{ name: too few, expect: { rules: { enough: fail } } }]\n',
    );
  });

  it('has its policy at its root: checked and tested there', async () => {
    expect((await policy('check', house)).stdout).toBe('ok     policy.yaml\n');
    const { exitCode, stdout } = await policy('test', house);
    expect([exitCode, stdout]).toEqual([0, 'ok     policy-tests/policy.yaml\n  ok     too few\n']);
    const checked = await runCommand(['config', 'check', house]);
    expect(checked.exitCode).toBe(0);
    expect(checked.stdout.split('\n').slice(0, 3)).toEqual([
      'ok     ratchet.project.yaml',
      'ok     policy.yaml',
      'ok     policy-tests/policy.yaml',
    ]);
  });

  it('is told what is wrong with it, and that it has no models', async () => {
    await writeFile(
      join(house, 'policy.yaml'),
      'version: 1\nrules: [{ name: enough, require: dataset.row > 1 }]\n',
    );
    const file = 'house/ratchet.project.yaml';
    await change(file, 'models: []', 'models: [{ name: late, path: late }]');
    const { exitCode, stdout } = await runCommand(['config', 'check', house]);
    expect(exitCode).toBe(2);
    expect(stdout).toContain(
      'wrong  ratchet.project.yaml:4:9: models is late, allowed is an empty list where "organisation" is true',
    );
    await change(file, 'models: [{ name: late, path: late }]', 'models: []');
    expect((await policy('check', house)).stdout).toMatch(/^wrong {2}policy\.yaml:2:.*rules\[0\]\.require/);
  });
});

describe('ratchet policy test', () => {
  it('tries every case of the example', async () => {
    const { exitCode, stdout } = await policy('test', folder);
    expect(exitCode).toBe(0);
    expect(stdout.split('\n').filter((line) => line.startsWith('  ok     '))).toHaveLength(14);
  });

  it('shows the number, the limit and the distance of a case that comes out otherwise', async () => {
    await change(
      `${model}/policy.yaml`,
      'gaps.origin.recall.worst >= 0.3',
      'gaps.origin.recall.worst >= 0.4',
    );
    const { exitCode, stdout, stderr } = await policy('test', folder);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/CONFIG_INVALID: \d+ cases are wrong/);
    expect(stdout).toContain('  wrong  the first version passes');
    expect(stdout).toContain(
      'worst-origin-recall is fail, expected is pass: 0.357 is not at least 0.4: 0.043 lacking (n 1010)',
    );
  });

  it('says which given fact is none, or of another kind, since it would count as missing', async () => {
    const file = `${model}/policy-tests/policy.yaml`;
    await change(file, 'gaps: { origin: { recall: { worst: 0.29,', 'gaps: { orign: { recall: { worst: 0.29,');
    await change(file, 'skill: { value: -0.01 }', 'skill: { value: "-0.01" }');
    const { exitCode, stdout } = await policy('test', folder);
    expect(exitCode).toBe(2);
    expect(stdout).toContain('facts.gaps has an unknown slice column "orign"');
    expect(stdout).toContain('did you mean "origin"');
    expect(stdout).toContain(
      'facts.metrics.test.skill.value is "-0.01", allowed is a number, or { missing: a reason }',
    );
  });

  it('says that a rule is not there, and that a policy is wrong', async () => {
    await change(`${model}/policy-tests/policy.yaml`, 'not-over-fitted: pass', 'not-overfitted: pass');
    await change(`${model}/policy-strict.yaml`, 'gaps.carrier.recall.ratio', 'gaps.carriers.recall.ratio');
    const { stdout } = await policy('test', folder, '--json');
    expect(stdout).toContain('an unknown rule \\"not-overfitted\\"');
    expect(stdout).toContain('did you mean \\"not-over-fitted\\"');
    expect(stdout).toContain('policy policy-strict.yaml is wrong, see ratchet policy check');
  });
});

describe('a stored verdict', () => {
  it('is printed with every rule, those that stop the version first, and why', () => {
    const rule = {
      kind: 'rule',
      origin: 'model',
      severity: 'block',
      expression: 'gaps.carrier.recall.ratio >= 0.4',
      limit: 0.4,
      n: 402,
    } as const;
    const record: PolicyVerdictRecord = {
      id: 'v',
      project: 'flights',
      model: 'late',
      version: 1,
      policyDigest: 'a'.repeat(64),
      factsDigest: 'b'.repeat(64),
      digests: { policy: 'a'.repeat(64) },
      facts: { uri: 's3://b/k', sha256: 'b'.repeat(64), bytes: 1 },
      createdAt: '2026-01-01T00:00:00Z',
      verdict: 'fail',
      rules: [
        { ...rule, name: 'rows', severity: 'warn', verdict: 'pass', text: 'fine', actual: 5, distance: 4.6 },
        {
          ...rule,
          name: 'even',
          verdict: 'fail',
          text: '0.27 is not at least 0.4',
          actual: 0.27,
          distance: -0.13,
        },
      ],
    };
    const printed = captured(() => printPolicyVerdict(record));
    expect(printed).toContain('flights/late@1');
    expect(printed.indexOf('even')).toBeLessThan(printed.indexOf('rows'));
    expect(printed).toMatch(/even +fail +0\.27 +0\.4 +-0\.13 +402 +model/);
    expect(printed).toContain('even: 0.27 is not at least 0.4');
    expect(printed).not.toContain('rows: fine');
    expect(printed).toMatch(/\nrules +1 pass, 1 fail\n/);
    const short = captured(() => printPolicyVerdict(record, { passed: false }));
    expect(short).toContain('even: 0.27 is not at least 0.4');
    expect(short).toMatch(/\nrules +1 pass, 1 fail\n/);
    expect(short).not.toMatch(/\nrows /);
    const passing = { ...record, verdict: 'pass', rules: record.rules.slice(0, 1) } as const;
    const all = captured(() => printPolicyVerdict(passing, { passed: false }));
    expect(all).toMatch(/\nrules +1 pass\n/);
    expect(all).not.toContain('distance');
  });
});
