import { beforeEach, expect, it } from 'vitest';
import type { PolicyVerdictRecord } from '../../domain/ports/policies.js';
import { blobOf, digestOf } from './dataset-manifest.js';
import { codeOf } from './error-code.js';
import { prepareDataset, prepareVersion } from './model-registry-subject.js';
import { type ChampionSubject, policyOf } from './promotion-world.js';

export function policyStoreConformance(make: () => Promise<ChampionSubject>): void {
  let subject: ChampionSubject;
  let project: string;
  beforeEach(async () => {
    subject = await make();
    ({ project } = subject);
  });
  const commit = 'c'.repeat(40);
  const put = (model: string | null, policy: Parameters<typeof subject.policies.putInForce>[1]) =>
    subject.policies.putInForce({ project, model, commit }, policy);

  it('keeps one policy in force for each model, and none once it is taken out', async () => {
    const { policies } = subject;
    await put('delay', policyOf('two'));
    const first = await policies.inForce(project, 'delay');
    expect(first).toEqual({
      project,
      model: 'delay',
      digest: expect.stringMatching(/^[0-9a-f]{64}$/),
      policy: policyOf('two'),
      commit,
      inForceSince: expect.any(String),
    });
    await put('delay', policyOf('two'));
    expect(await policies.inForce(project, 'delay')).toEqual(first);
    await put('delay', policyOf('alone'));
    const second = await policies.inForce(project, 'delay');
    expect(second?.digest).not.toBe(first?.digest);
    await put('price', policyOf('two'));
    expect(await policies.listInForce(project)).toHaveLength(2);
    await put('delay', null);
    await put('delay', null);
    expect(await policies.inForce(project, 'delay')).toBeUndefined();
    expect(await policies.inForce(project, 'price')).toMatchObject({ digest: first?.digest });
  });

  it('keeps one of many that are put at once', async () => {
    await Promise.all([1, 2, 3, 4].map((turn) => put('delay', policyOf('alone', `turn ${turn}`))));
    expect(await subject.policies.listInForce(project)).toHaveLength(1);
  });

  it('lists the policy of the organisation first, beside those of the project', async () => {
    const { policies } = subject;
    await put('delay', policyOf('alone'));
    const all = { project: null, model: null, commit };
    await policies.putInForce(all, policyOf('two', 'organisation'));
    expect((await policies.listInForce(project)).map(({ model }) => model)).toEqual([null, 'delay']);
    expect(await policies.inForce(null, null)).toMatchObject({ project: null, model: null });
    await policies.putInForce(all, null);
    expect(await policies.inForce(null, null)).toBeUndefined();
  });

  it('gives the newest verdict of a version, and each as it was put first', async () => {
    const { policies, registry } = subject;
    await prepareDataset(subject);
    const { version } = await registry.register(await prepareVersion(subject, 'one'));
    const verdict: Omit<PolicyVerdictRecord, 'createdAt'> = {
      id: `${project}-1`,
      project,
      model: 'delay',
      version,
      policyDigest: digestOf('a'),
      factsDigest: digestOf('b'),
      digests: { model: digestOf('e'), policy: digestOf('a') },
      verdict: 'fail',
      rules: [],
      facts: blobOf('b'),
    };
    expect(await policies.verdict(project, 'delay', version)).toBeUndefined();
    const first = await policies.putVerdict(verdict);
    expect(first).toEqual({ ...verdict, createdAt: expect.any(String) });
    expect(await policies.putVerdict({ ...verdict, verdict: 'pass' })).toEqual(first);
    const second = await policies.putVerdict({ ...verdict, id: `${project}-2`, verdict: 'pass' });
    expect(await policies.verdict(project, 'delay', version)).toEqual(second);
    const nowhere = policies.putVerdict({ ...verdict, id: `${project}-3`, version: 9 });
    expect(await codeOf(nowhere)).toBe('MODEL_NOT_FOUND');
  });
}
