import { describe, expect, it } from 'vitest';
import { endpointSchema } from '../../../domain/config/serving.js';
import { plannedEndpoints } from '../../../domain/plans/planned-endpoints.js';
import type { EndpointRecord } from '../../../domain/ports/endpoints.js';

const declared = (endpoint: string, config: object = {}, model = 'late') => ({
  ...{ endpoint, model, config: endpointSchema.parse(config) },
});
const known = (endpoint: string, change: Partial<EndpointRecord> = {}): EndpointRecord => ({
  ...{ ...declared(endpoint), project: 'flights', commit: 'a'.repeat(40), scaledTo: null },
  ...{ retiredAt: null, updatedAt: '2024-05-01T00:00:00.000Z', ...change },
});
const words = (...given: Parameters<typeof plannedEndpoints>) =>
  plannedEndpoints(...given).map(({ name, change, because }) => `${change} ${name}: ${because}`);

describe('what a plan tells of endpoints', () => {
  it('is nothing where they stay as they are', () => {
    expect(words([known('web')], [declared('web')], [])).toEqual([]);
    expect(words([], [], [])).toEqual([]);
  });

  it('is which are new, and which come back', () => {
    const retired = known('old', { retiredAt: '2024-05-02T00:00:00.000Z' });
    expect(words([retired], [declared('web'), declared('old')], [])).toEqual([
      'create web: it answers with the champion of late',
      'create old: it answers with the champion of late',
    ]);
  });

  it('is which are released again, and why', () => {
    const all = [declared('web', { replicas: 3, image: 'required' }), declared('desk', {}, 'early')];
    expect(words([known('web'), known('desk'), known('code')], [...all, declared('code')], ['code'])).toEqual(
      [
        'update web: image is another, replicas is another: it is released again',
        'update desk: model late becomes early: it is released again',
        'update code: its serving code changed: it is released again',
      ],
    );
  });

  it('is which end, and nothing of those that ended before', () => {
    const retired = known('old', { retiredAt: '2024-05-02T00:00:00.000Z' });
    expect(words([known('web'), retired], [], [])).toEqual([
      'remove web: no ratchet.yaml declares it: it ends',
    ]);
  });
});
