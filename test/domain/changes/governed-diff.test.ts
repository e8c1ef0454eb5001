import { describe, expect, it } from 'vitest';
import { governedDiff } from '../../../domain/changes/governed-diff.js';
import type { GovernedParts } from '../../../domain/changes/governed-parts.js';
import { policySchema } from '../../../domain/config/policy.js';

const ann = { account: 'ann', roles: ['reviewer'], emails: ['ann@example.org'] } as const;
const changes = { role: 'reviewer', quorum: 1, expireAfter: '14 days' } as const;
const policy = policySchema.parse({ version: 1, description: 'strict' });
const parts: GovernedParts = { members: [ann], changes, sources: {}, policies: { late: policy } };

describe('what a change changes', () => {
  it('is nothing where both are the same', () => {
    expect(governedDiff(parts, structuredClone(parts))).toEqual([]);
  });

  it('is the thing as it is and as it is to be, and the lines in which they differ', () => {
    const after = { ...ann, roles: ['admin', 'reviewer'] } as const;
    expect(governedDiff(parts, { ...parts, members: [after] })).toEqual([
      {
        part: 'members',
        name: 'ann',
        kind: 'changed',
        before: ann,
        after,
        diff: [
          '@@ -2,4 +2,5 @@',
          ' emails:',
          '   - ann@example.org',
          ' roles:',
          '+  - admin',
          '   - reviewer',
        ].join('\n'),
      },
    ]);
  });

  it('is all of what is added or removed', () => {
    const found = governedDiff(parts, { ...parts, changes: null, policies: { late: policy, early: policy } });
    expect(found.map(({ part, name, kind, before, after }) => [part, name, kind, before, after])).toEqual([
      ['changes', null, 'removed', changes, null],
      ['policies', 'early', 'added', null, policy],
    ]);
    const [removed, added] = found;
    expect(removed?.diff.split('\n')).toEqual([
      '@@ -1,3 +0,0 @@',
      '-expireAfter: 14 days',
      '-quorum: 1',
      '-role: reviewer',
    ]);
    expect(added?.diff).toContain('+description: strict');
  });

  it('has no name that an object has by itself', () => {
    const sources = { constructor: { kind: 'repository', path: 'data' } } as const;
    expect(governedDiff(parts, { ...parts, sources })).toMatchObject([
      { part: 'sources', name: 'constructor', kind: 'added', before: null, after: sources.constructor },
    ]);
  });
});
