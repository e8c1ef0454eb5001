import { describe, expect, it } from 'vitest';
import { endpointSchema } from '../../../domain/config/serving.js';
import type { EndpointRecord } from '../../../domain/ports/endpoints.js';
import { type ReleaseReason, releasesFor } from '../../../domain/serving/releases-for.js';

const [old, newer] = ['a'.repeat(40), 'b'.repeat(40)];
const at = '2024-05-01T00:00:00.000Z';
const endpoint = (name: string, change: Partial<EndpointRecord> = {}): EndpointRecord => ({
  ...{ project: 'flights', endpoint: name, model: 'late', config: endpointSchema.parse({}), commit: old },
  ...{ scaledTo: null, retiredAt: null, updatedAt: at, ...change },
});
const cause = { kind: 'push', by: 'ann', at } as const;
const pushed = (...endpoints: string[]): ReleaseReason => ({
  ...{ kind: 'pushed', from: old, to: newer, endpoints, cause },
});
const champion: ReleaseReason = { kind: 'champion', model: 'late', version: 3, at, by: 'run/1' };
const names = (endpoints: readonly EndpointRecord[], reason: ReleaseReason) =>
  releasesFor(endpoints, reason).map((release) => release.endpoint);

describe('the releases of a reason', () => {
  it('are of the endpoints that a commit declared, and of no retired one', () => {
    const all = [
      endpoint('kept'),
      endpoint('changed', { commit: newer }),
      endpoint('gone', { commit: newer, retiredAt: at }),
    ];
    expect(releasesFor(all, { kind: 'declared', commit: newer, cause })).toEqual([
      {
        ...{ id: 'flights.changed.declared-bbbbbbbbbbbb', project: 'flights', endpoint: 'changed' },
        ...{ model: 'late', kind: 'deploy', causes: [cause] },
      },
    ]);
  });

  it('are of the endpoints whose serving code a push changed, once where it declares them too', () => {
    const all = [endpoint('web'), endpoint('desk'), endpoint('changed', { commit: newer })];
    expect(releasesFor(all, pushed('web', 'changed', 'none'))).toMatchObject([
      { id: 'flights.web.push-aaaaaaaaaaaa-bbbbbbbbbbbb', causes: [cause] },
    ]);
  });

  it('are of the endpoints that follow a model with a new champion', () => {
    const all = [endpoint('web'), endpoint('other', { model: 'early' })];
    expect(releasesFor(all, champion)).toMatchObject([
      {
        ...{ endpoint: 'web', id: `flights.web.champion-3-${Date.parse(at)}` },
        causes: [{ kind: 'promotion', by: 'run/1', at, facts: { kind: 'promotion', version: 3 } }],
      },
    ]);
  });

  it('are others where the same version becomes champion again, or the same commits come the other way', () => {
    const id = (reason: ReleaseReason) => releasesFor([endpoint('web')], reason)[0]?.id;
    expect(id({ ...champion, at: '2024-06-01T00:00:00.000Z' })).not.toBe(id(champion));
    const back: ReleaseReason = { kind: 'pushed', from: newer, to: old, endpoints: ['web'], cause };
    const again = releasesFor([endpoint('web', { commit: 'c'.repeat(40) })], back)[0]?.id;
    expect(again).not.toBe(id(pushed('web')));
    expect(id(pushed('web'))).toBe(id(pushed('web')));
  });

  it('have ids that fit where names are as long as they may be', () => {
    const name = 'n'.repeat(63);
    const [release] = releasesFor([endpoint(name, { project: name })], pushed(name));
    expect(release?.id.length).toBeLessThanOrEqual(200);
  });

  it('are none of no endpoints', () => {
    expect(names([], champion)).toEqual([]);
  });
});
