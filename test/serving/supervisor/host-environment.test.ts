import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import type { WantedRevision } from '../../../domain/ports/deployment-target.js';
import { hostEnvironment } from '../../../serving/supervisor/host-environment.js';
import { wantedOf } from '../../conformance/serving-subject.js';

const secrets = { read: async (name: string) => `the value of ${name}` };
const of = (wanted: WantedRevision) =>
  hostEnvironment({}, { wanted, folder: '/revision', spool: '/spool' }, secrets);
const plain = wantedOf({ project: 'trips', endpoint: 'web' }, 1);

test('a host is told what to record by its revision, with the key as a secret that no log has', async () => {
  const record = {
    mask: ['name'],
    drop: ['age'],
    columns: ['name', 'age'],
    sample: 0.5,
    key: 'secret://mask-key',
  };
  const { env, secrets: hidden } = await of({ ...plain, record });
  expect(env).toMatchObject({
    RATCHET_SERVING_RECORD_MASK: 'name',
    RATCHET_SERVING_RECORD_DROP: 'age',
    RATCHET_SERVING_RECORD_SAMPLE: '0.5',
    RATCHET_SERVING_MASK_KEY: 'the value of mask-key',
  });
  expect(hidden).toContain('the value of mask-key');
});

test('a host is told which sources must show a token, and has none of the tokens', async () => {
  const record = { mask: [], drop: [], columns: ['name'], sample: 1, key: null };
  const { env } = await of({ ...plain, record: { ...record, tokens: { airline: 'secret://airline' } } });
  const digest = createHash('sha256').update('the value of airline').digest('hex');
  expect(JSON.parse(env['RATCHET_SERVING_SOURCE_TOKENS'] ?? '')).toEqual({ airline: digest });
  expect(JSON.stringify(env)).not.toContain('the value of airline');
});

test('a revision that keeps all tells nothing', async () => {
  const { env } = await of(plain);
  expect(Object.keys(env).filter((name) => /RECORD|MASK|SOURCE/.test(name))).toEqual([]);
});
