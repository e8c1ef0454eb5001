import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tokenOf } from '../gateway/people.js';
import { openProgramRoom, type ProgramRoom, type RunDetail } from './program-room.js';
import { serveTestSigner, type TestSigner } from './test-signer.js';
import { createTinyRepository, type Edits, type TinyRepository } from './tiny-repository.js';

/** A program that has seen the test rows says how many answers there are to them. */
const look = `
import json, os
at = lambda name: os.path.join(os.environ["RATCHET_INPUT"], name)
rows = open(at("test.parquet"), "rb").read()
answers = open(at("test_predictions.csv")).read().split()[1:]
facts = json.load(open(at("facts.json")))["dataset"]["rows"]["test"]
good = rows[:4] == rows[-4:] == b"PAR1" and len(answers) == facts
json.dump({"verdict": "pass" if good else "fail", "text": "looked at the test rows", "actual": len(answers)},
    open(os.path.join(os.environ["RATCHET_OUTPUT"], "verdict.json"), "w"))
`;
const member = (name: string, role: string) =>
  `  - { name: ${name}, roles: [${role}], emails: [${name}@example.com] }\n`;
const members = `members:\n${member('dana', 'data-scientist')}${member('lisa', 'reviewer')}`;
const projectFile = (project: string) => `version: 1
project: ${project}
organisation: true
models: []
sources: {}
${members}changes: { role: reviewer }
`;
const policyAsking = (rows: number) => `version: 1
rules:
  - { name: enough, require: dataset.rows.test >= ${rows} }
programs:
  - { name: look, path: checks, command: [python3, look.py] }
people:
  stages: [{ name: review, role: reviewer }]
`;

let room: ProgramRoom;
let signer: TestSigner;
let house: TinyRepository;
let dana: string;
let lisa: string;
beforeAll(async () => {
  signer = await serveTestSigner();
  room = await openProgramRoom(signer.settings('gateway'));
  await Promise.all([
    signer.register(room.ownerUrl),
    room.start('orchestrator', signer.settings('workers')),
    room.start('cpu'),
  ]);
  const deps = { accounts: room.stores.accounts };
  [dana, lisa] = [await tokenOf({ deps }, 'dana'), await tokenOf({ deps }, 'lisa')];
  house = await repository('house', {
    'ratchet.project.yaml': projectFile('house'),
    'policy.yaml': policyAsking(1_000_000),
    'checks/look.py': look,
  });
  const tiny = await repository('tiny', { 'ratchet.project.yaml': (text) => text + members });
  expect((await add(tiny.path)).status).toBe(200);
});
afterAll(async () => {
  await room.close();
  await signer.close();
});

const repository = (name: string, edits: Edits) =>
  createTinyRepository(join(room.stateDir, `repository-${name}`), edits);
const add = (repo: string, token?: string, ref = 'main') =>
  room.ask('POST', '/api/v1/projects', { repo, ref }, token);
const projects = async () =>
  (await room.ask('GET', '/api/v1/projects')).body.projects.map(({ name }: { name: string }) => name);

async function train(): Promise<RunDetail> {
  const { body } = await room.ask('POST', '/api/v1/runs', { project: 'tiny', model: 'tiny' });
  return room.shown(body.id, ({ endedAt }) => endedAt !== null);
}

/** Asks until the answer is as wanted. */
async function until<T>(what: string, ask: () => Promise<T | undefined>): Promise<T> {
  for (let times = 0; times < 300; times += 1) {
    const found = await ask();
    if (found !== undefined) return found;
    await sleep(100);
  }
  throw new Error(`it never came to it: ${what}`);
}

/** Dana asks for another limit in the policy of the organisation; what she is answered. */
async function asksFor(rows: number) {
  const ref = await house.branch(`rows-${rows}`, { 'policy.yaml': policyAsking(rows) });
  return (await add(house.path, dana, ref)).body;
}

async function approve(approval: string): Promise<void> {
  const vote = { decision: 'approve', reason: 'looked at it' };
  const path = `/api/v1/approvals/${approval.replace('approval/', '')}/votes`;
  expect((await room.ask('POST', path, vote, dana)).body.error.code).toBe('VOTE_REFUSED');
  expect((await room.ask('POST', path, vote, lisa)).status).toBe(200);
}

const commitInForce = async () => (await room.stores.policies.inForce(null, null))?.commit;

describe('the policy of the organisation', () => {
  it('is added by an administrator alone, and once', async () => {
    expect((await add(house.path, dana)).status).toBe(403);
    expect(await projects()).toEqual(['tiny']);
    const { status, body } = await add(house.path);
    expect([status, body.organisation, body.change]).toEqual([200, true, null]);
    const second = await repository('second', {
      'ratchet.project.yaml': projectFile('second'),
      'policy.yaml': policyAsking(0),
    });
    const refused = await add(second.path);
    expect([refused.status, refused.body.error.message]).toEqual([
      409,
      expect.stringContaining('project "house" is the organisation\'s'),
    ]);
    expect(await projects()).toEqual(['house', 'tiny']);
  });

  it('judges a run of another project by its rules, and by its programs, which read the test rows', async () => {
    const run = await train();
    expect(run).toMatchObject({ status: 'refused' });
    expect(run.reason).toMatch(/version 1 is registered and refused: enough: /);
    const { body } = await room.ask('GET', '/api/v1/models/tiny/tiny/1/policy');
    const { enough, look: seen } = Object.fromEntries(
      body.rules.map((rule: { readonly name: string }) => [rule.name, rule]),
    );
    expect(enough).toMatchObject({ origin: 'organisation', verdict: 'fail', limit: 1_000_000 });
    expect(seen).toMatchObject({ origin: 'organisation', verdict: 'pass', kind: 'program' });
    expect([enough.actual, seen.actual]).toEqual([108, 108]);
  });

  it('changes when its reviewers say so, and then what other projects ask their people is void', async () => {
    const before = await commitInForce();
    const { change } = await asksFor(1);
    expect(change).toMatchObject({ differences: 'policy of the organisation changed' });
    expect(await commitInForce()).toBe(before);
    await approve(change.approval);
    const second = await until('the change is in force', async () => {
      const commit = await commitInForce();
      return commit === before ? undefined : commit;
    });
    expect(await train()).toMatchObject({ status: 'succeeded', version: 2 });
    const asked = async () => room.stores.approvals.latest('tiny', 'tiny@2');
    const open = await until('people of tiny are asked', asked);
    expect(open).toMatchObject({ status: 'open', stages: [{ name: 'review' }] });
    const { change: another } = await asksFor(2);
    expect((await asked())?.status).toBe('open');
    await approve(another.approval);
    const ended = await until('it has ended', async () => {
      const found = await asked();
      return found?.status === 'open' ? undefined : found;
    });
    expect(ended).toMatchObject({ status: 'void', reason: expect.stringContaining('policy') });
    expect(await commitInForce()).not.toBe(second);
  });
});
