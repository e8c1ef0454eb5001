import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RatchetError } from '../../../domain/errors/ratchet-error.js';
import type { JudgeVersionInput } from '../../../domain/lifecycle/train-model.js';
import { policyOf } from '../../domain/policy/judge-rules.js';
import { type MadeVersion, openPolicyRoom, type PolicyRoom, project } from './policy-room.js';

const first: MadeVersion = {
  dataset: 1,
  rows: {
    train: { from: 0, count: 3000 },
    validation: { from: 3000, count: 1000 },
    test: { from: 4000, count: 1000 },
  },
};
const later: MadeVersion = {
  dataset: 2,
  rows: {
    train: { from: 0, count: 4500, shift: 1 },
    validation: { from: 4500, count: 600, shift: 1 },
    test: { from: 6000, count: 1000 },
  },
};

let room: PolicyRoom;
beforeEach(async () => {
  room = await openPolicyRoom();
});
afterEach(() => room.close());

async function refused(input: JudgeVersionInput): Promise<RatchetError> {
  const error = await room.judge(input).catch((thrown: unknown) => thrown);
  if (error instanceof RatchetError) return error;
  throw error ?? new Error('the version was not refused');
}
const last = () => room.verdicts.at(-1) ?? { rules: [], verdict: 'none' };
const ruleOf = (name: string) => last().rules.find((rule) => rule.name === name);
const factsOf = async () => {
  const ref = room.verdicts.at(-1)?.facts;
  return (ref ? await room.blobs.getJson(ref) : {}) as Record<string, Record<string, unknown>>;
};

describe('judging a registered version', () => {
  it('lets it pass where no policy is in force, and says that nothing was asked', async () => {
    const input = await room.register('1', first);
    await room.judge(input);
    expect(last()).toMatchObject({ verdict: 'pass', rules: [{ name: 'no-policy', verdict: 'pass' }] });
    expect(room.moves).toMatchObject([{ version: 1, to: 'candidate' }]);
    expect((await room.stores.runs.get(input.runId)).status).toBe('succeeded');
    expect((await factsOf())['champion']).toEqual({ missing: 'no policy is in force' });
  });

  it('makes one that passes a candidate, and keeps the facts that it was asked about', async () => {
    room.putInForce(
      policyOf({
        rules: [
          { name: 'rows', require: 'dataset.rows.train >= 3000' },
          { name: 'auc', require: 'metrics.test.rocAuc.low >= 0.5' },
          { name: 'first', require: '!has(champion.version)' },
        ],
        leastIsolation: 'uid',
      }),
    );
    const judged = await room.judge(await room.register('1', first));
    expect(last().rules.map(({ name, verdict }) => [name, verdict])).toEqual([
      ['rows', 'pass'],
      ['auc', 'pass'],
      ['first', 'pass'],
      ['least-isolation', 'pass'],
    ]);
    expect(judged).toMatchObject({ version: 1, policyDigest: room.verdicts[0]?.policyDigest });
    expect(await factsOf()).toMatchObject({
      dataset: { rows: { all: 5000 }, quarantine: { rows: 0, share: 0 } },
      history: { version: 1, testLooks: 2 },
      champion: { missing: 'there is no champion yet' },
      model: { inputs: ['x', 'y'] },
    });
  });

  it('refuses one that does not, with number, limit and distance of every rule, and leaves it registered', async () => {
    room.putInForce(
      policyOf({
        rules: [
          { name: 'rows', require: 'dataset.rows.train >= 20000' },
          { name: 'gap', require: 'gaps.origin.recall.ratio >= 0.999' },
          { name: 'soft', require: 'dataset.rows.test >= 99999', severity: 'warn' },
        ],
      }),
    );
    const input = await room.register('1', first);
    const error = await refused(input);
    expect(error.code).toBe('POLICY_REFUSED');
    expect(error.message).toContain('version 1 is registered and refused');
    expect(error.details['refusals']).toMatchObject([
      {
        what: 'policy of the model',
        rule: 'rows',
        limit: 'dataset.rows.train >= 20000',
        actual: expect.stringContaining('3000, 17000 lacking'),
      },
      { rule: 'gap', actual: expect.stringMatching(/^0\.\d+, 0\.\d+ lacking/) },
    ]);
    expect(room.moves).toMatchObject([{ version: 1, to: 'refused' }]);
    expect((await room.stores.registry.get(project, project, '1')).version).toBe(1);
  });

  it('holds the policy of the organisation too', async () => {
    room.putInForce(
      policyOf({ rules: [{ name: 'a', require: 'dataset.rows.test >= 5000' }] }),
      'organisation',
    );
    room.putInForce(policyOf({ rules: [{ name: 'a', require: 'dataset.rows.test >= 5' }] }));
    expect((await refused(await room.register('1', first))).details['refusals']).toMatchObject([
      { what: 'policy of the organisation', rule: 'a' },
    ]);
  });

  it('does not take what is inconclusive for a pass', async () => {
    room.putInForce(
      policyOf({
        rules: [{ name: 'beats', require: 'metrics.test.rocAuc.value >= champion.metrics.rocAuc.value' }],
      }),
    );
    const error = await refused(await room.register('1', first));
    expect(last().verdict).toBe('inconclusive');
    expect(error.message).toContain('there is no champion yet');
  });

  it('gives one verdict however often it is asked for', async () => {
    const input = await room.register('1', first);
    await room.judge(input);
    await room.judge(input, 2);
    expect(new Set(room.verdicts.map(({ id }) => id)).size).toBe(1);
  });

  it('finds a near-copy of a forbidden column in the rows themselves', async () => {
    const ethics = { statement: 'Considered by the people who wrote it.', forbiddenFeatures: ['secret'] };
    room.putInForce(policyOf({ ethics }));
    await refused(await room.register('1', first));
    expect(ruleOf('ethics-near-copies')).toMatchObject({ verdict: 'fail', limit: 0.95, n: 3000 });
    expect(ruleOf('ethics-near-copies')?.text).toContain('x is associated with secret by 1.000');
    expect(ruleOf('ethics-forbidden-features')).toMatchObject({ verdict: 'pass' });
  });

  it('does not take a forbidden column that is not in the data for one that has no near-copy', async () => {
    const ethics = { statement: 'Considered by the people who wrote it.', forbiddenFeatures: ['age'] };
    room.putInForce(policyOf({ ethics }));
    await refused(await room.register('1', first));
    expect(ruleOf('ethics-near-copies')).toMatchObject({ verdict: 'inconclusive' });
    expect(ruleOf('ethics-near-copies')?.text).toContain('age is not a column of the dataset');
  });
});

describe('judging beside a champion', () => {
  async function champion(made: MadeVersion): Promise<void> {
    const input = await room.register('champion', made);
    room.live.record = await room.stores.registry.get(project, project, String(input.version));
  }

  it('asks it about the test rows of the candidate, and compares what both were trained on', async () => {
    room.putInForce(
      policyOf({
        rules: [{ name: 'beats', require: 'champion.metrics.rocAuc.value > 0.5 && champion.version == 1' }],
      }),
    );
    await champion(first);
    // Rows 6000 to 7000 are not among those that the champion learned from.
    await room.judge(await room.register('2', later));
    const { champion: asked, drift } = await factsOf();
    expect(asked).toMatchObject({
      version: 1,
      metrics: { rocAuc: { n: 1000 }, recall: { value: expect.any(Number) } },
    });
    expect(drift).toMatchObject({
      compared: 2,
      drifted: 1,
      columns: { x: { drifted: true }, y: { drifted: false } },
    });
    const { columns } = drift as unknown as { columns: { x: { ks: number } } };
    const { ks } = columns.x;
    expect(ks).toBeGreaterThan(0.2);
    expect(ks).toBeLessThan(0.3);
  });

  it('gathers every sort of fact, and a rule can ask about each', async () => {
    const asked = {
      metric: 'metrics.test.rocAuc.low < metrics.test.rocAuc.value && metrics.train.rocAuc.n == 4500',
      baseline: 'metrics.test.logLoss.value < baseline.test.logLoss.value',
      slice: 'slices.exists(s, s.value == "A") && slices.all(s, s.metrics.recall.high > 0)',
      gap: 'gaps.origin.recall.gap >= 0 && gaps.origin.recall.worstSlice in ["A", "B"]',
      champion: 'champion.version == 1 && champion.metrics.rocAuc.value > 0.5',
      dataset: 'dataset.rows.all == 6100 && dataset.quarantine.share == 0 && !has(dataset.ageHours)',
      drift:
        'drift.columns.x.ks > 0.2 && drift.columns.x.psi > 0.1 && drift.columns.y.pAdjusted > 0.01 && drift.worst.psi > 0.1',
      model: 'model.task == "classification" && model.bytes > 100 && size(model.inputs) == 2',
      purpose: 'size(purpose.intendedUse) > 10 && size(purpose.prohibitedUses) > 0',
      lineage: 'lineage.commit.startsWith("ccc") && size(lineage.dataset) == 64',
      history: 'history.version == 2 && history.testLooks == 2',
      isolation: 'isolation.rank >= 1 && isolation.tier == "uid"',
      association: 'associations.filter(a, a.input == "x").all(a, a.value > 0.99 && a.n == 4500)',
    };
    const rules = Object.entries(asked).map(([name, require]) => ({ name, require }));
    const ethics = {
      statement: 'Considered by the people who wrote it.',
      forbiddenFeatures: ['secret'],
      association: 1,
    };
    room.putInForce(policyOf({ rules, ethics }));
    await champion(first);
    await room.judge(await room.register('2', later)).catch(() => undefined);
    const told = last().rules.filter(({ kind, verdict }) => kind === 'rule' && verdict !== 'pass');
    expect(told.map(({ name, text }) => `${name}: ${text}`)).toEqual([]);
  });

  it('has no number where the champion has learned from one of those rows', async () => {
    room.putInForce(policyOf({ rules: [{ name: 'beats', require: 'champion.metrics.rocAuc.value > 0.1' }] }));
    await champion(first);
    const overlapping = { ...later, rows: { ...later.rows, test: { from: 3999, count: 1000 } } };
    await refused(await room.register('2', overlapping));
    expect(ruleOf('beats')).toMatchObject({ verdict: 'inconclusive' });
    expect(ruleOf('beats')?.text).toContain('the champion has learned from 1 of the 1000 test rows');
  });

  it('has no number where rows cannot be told apart by their keys, which are of another type', async () => {
    room.putInForce(policyOf({ rules: [{ name: 'beats', require: 'champion.metrics.rocAuc.value > 0.1' }] }));
    await champion({ ...first, texts: ['id'] });
    await refused(await room.register('2', { ...later, rows: { ...later.rows, test: first.rows.train } }));
    expect(ruleOf('beats')).toMatchObject({ verdict: 'inconclusive' });
    expect(ruleOf('beats')?.text).toContain('by id, which is integer here and text in the champion');
  });

  it('leaves no input out of what is compared: one of another type is missing by its name', async () => {
    room.putInForce(
      policyOf({
        rules: [
          { name: 'y', require: 'drift.columns.y.ks < 0.9' },
          { name: 'x', require: 'drift.columns.x.ks < 0.9 && drift.unjudged == 1' },
        ],
      }),
    );
    await champion({ ...first, texts: ['y'] });
    await refused(await room.register('2', later));
    expect(ruleOf('x')).toMatchObject({ verdict: 'pass' });
    expect(ruleOf('y')).toMatchObject({ verdict: 'inconclusive' });
    expect(ruleOf('y')?.text).toContain("another type than in the champion's dataset");
  });

  it('needs no comparison of keys where both are of one dataset version', async () => {
    room.putInForce(policyOf({ rules: [{ name: 'beats', require: 'champion.version == 1' }] }));
    await champion(first);
    const input = await room.register('2', first);
    await room.judge(input);
    expect((await factsOf())['champion']).toMatchObject({ metrics: { rocAuc: { n: 1000 } } });
  });
});
