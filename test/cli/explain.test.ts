import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RuleResult } from '../../domain/policy/policy-verdict.js';
import { digestOf } from '../conformance/dataset-manifest.js';
import { policyOf } from '../domain/policy/judge-rules.js';
import { madeFacts } from '../domain/policy/made-facts.js';
import { membersOf } from '../gateway/people.js';
import { registerVersion } from '../gateway/register-version.js';
import { runCommand } from './run-command.js';
import { type ServedGateway, serveGateway } from './served-gateway.js';

let served: ServedGateway;
let project: string;
let lisa: string;
let folder: string;
beforeAll(async () => {
  served = await serveGateway();
  const { deps } = served.room;
  project = await served.room.newProject();
  ({ lisa } = await membersOf(served.room, project, { lisa: ['data-scientist'] }));
  folder = mkdtempSync(join(tmpdir(), 'ratchet policies '));
  const { runId } = await registerVersion(served.room, project, { letter: '1', recall: 0.5 });
  await registerVersion(served.room, project, { letter: '2', recall: 0.5 });
  await deps.policies.putVerdict({
    id: 'one',
    project,
    model: 'delay',
    version: 1,
    policyDigest: digestOf('a'),
    factsDigest: digestOf('b'),
    verdict: 'error',
    rules: [
      programOf('model', 'steady'),
      programOf('organisation', 'steady'),
      programOf('organisation', 'fair'),
    ],
    digests: { policy: digestOf('a') },
    facts: await deps.blobs.putJson(madeFacts()),
  });
  const log = async (step: string, text: string) =>
    deps.runs.putLog(runId, step, await deps.blobs.putBytes(new TextEncoder().encode(text)));
  await log('policy-steady', 'flip 1\u001b[2J\n');
  await log('organisation-fair', 'a row of the test split\n');
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await served.close();
});

const programOf = (origin: RuleResult['origin'], name: string): RuleResult => ({
  ...{ name, origin, kind: 'program', severity: 'block', verdict: 'error', expression: null },
  ...{ text: 'it wrote no verdict.json', actual: null, limit: null, distance: null, n: null },
});

const explain = (...more: string[]) => served.ratchet('policy', 'explain', `${project}/delay@1`, ...more);
const asLisa = (...more: string[]) =>
  runCommand(['policy', 'explain', `${project}/delay@1`, ...more], {
    RATCHET_URL: served.url,
    RATCHET_TOKEN: lisa,
  });
function fileOf(text: string): string {
  const file = join(folder, 'policy.yaml');
  writeFileSync(file, text);
  return file;
}

describe('ratchet policy explain', () => {
  it('shows what was said, and where a program that broke has said more', async () => {
    const { exitCode, stdout } = await explain();
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/steady +error/);
    expect(stdout).toContain(`what it wrote: ratchet policy explain ${project}/delay@1 --log steady`);
  });

  it('asks a file of this machine about the version, beside the policy of the organisation', async () => {
    const { policies } = served.room.deps;
    const rule = { name: 'rows', require: 'dataset.rows.test >= 20000' };
    const everybody = { project: null, model: null, commit: 'c'.repeat(40) };
    await policies.putInForce(everybody, policyOf({ rules: [rule] }));
    const file = fileOf(
      'version: 1\nrules:\n  - { name: auc, require: metrics.test.rocAuc.value >= 0.6 }\nprograms:\n  - { name: slow, path: checks, command: [x] }\n',
    );
    const { exitCode, stdout } = await explain('--policy', file);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^verdict +fail, without its programs\n/m);
    expect(stdout).toMatch(/^not run +slow\n/m);
    expect(stdout).toMatch(/^rows +fail +10000 +20000 +-10000 +- +organisation/m);
    expect(stdout).toMatch(/^auc +pass +0\.7 +0\.6 +0\.1 +5000 +model/m);
    const { json } = await explain('--policy', file, '--json');
    expect(json).toMatchObject({ version: 1, verdict: 'fail', programsNotRun: ['slow'] });
    await policies.putInForce(everybody, null);
    expect((await explain('--policy', file, '--json')).json.verdict).toBe('pass');
  });

  it('refuses a file that is wrong, with its place, or that is not there', async () => {
    const wrong = fileOf('version: 1\nrules:\n  - { name: a, require: metrics.test.auc.value > 0.5 }\n');
    const { exitCode, stderr } = await explain('--policy', wrong);
    expect([exitCode, stderr]).toEqual([
      2,
      expect.stringMatching(/CONFIG_INVALID: .*policy\.yaml:3:\d+: .*"auc"/),
    ]);
    expect((await explain('--policy', join(folder, 'none.yaml'))).stderr).toMatch(
      /^CONFIG_MISSING: there is no file/,
    );
  });

  it('gives the facts, of which cases for policy-tests are made', async () => {
    expect((await explain('--facts')).json).toEqual(JSON.parse(JSON.stringify(madeFacts())));
  });

  it('shows the log of a program to who reads the run, that of the organisation to administrators alone', async () => {
    expect((await asLisa('--log', 'model/steady')).stdout).toBe('flip 1\\x1b[2J\n');
    expect((await explain('--log', 'fair')).stdout).toBe('a row of the test split\n');
    const { exitCode, stderr, stdout } = await asLisa('--log', 'fair');
    expect([exitCode, stdout]).toEqual([3, '']);
    expect(stderr).toContain('FORBIDDEN: the log of organisation-fair is for administrators of the platform');
  });

  it('names the programs there are where it cannot tell which one is meant', async () => {
    const all = 'model/steady, organisation/steady, organisation/fair';
    expect((await explain('--log', 'steady')).stderr).toContain(
      `names two programs of the verdict; allowed is one of ${all}`,
    );
    expect((await explain('--log', 'speed')).stderr).toContain(
      `names no program of the verdict; allowed is one of ${all}`,
    );
  });

  it.each([
    [
      'a version that nobody judged',
      () => `${project}/delay@2`,
      4,
      /NOT_FOUND: no policy has judged .*delay@2 yet/,
    ],
    ['a version that is not there', () => `${project}/delay@9`, 4, /MODEL_NOT_FOUND: .*9/],
    ['a model that is not there', () => `${project}/dilay@1`, 4, /MODEL_NOT_FOUND/],
    [
      'no version',
      () => `${project}/delay`,
      2,
      /NAME_INVALID: .*names no version: it is written as <project>/,
    ],
  ])('says what is wrong with %s', async (_, name, code, words) => {
    const { exitCode, stderr } = await served.ratchet('policy', 'explain', name());
    expect([exitCode, stderr]).toEqual([code, expect.stringMatching(words)]);
  });
});
