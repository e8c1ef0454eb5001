import { describe, expect, it } from 'vitest';
import { canonicalText } from '../../../domain/canonical-text.js';
import { changeStages, changeSubject, commitOfChange } from '../../../domain/changes/change-stages.js';
import { differencesText, governedDifferences } from '../../../domain/changes/governed-differences.js';
import { governedParts, membersOf, withGoverned } from '../../../domain/changes/governed-parts.js';
import { parseProject } from '../../../domain/config/configuration-files.js';
import { policySchema } from '../../../domain/config/policy.js';
import { projectSchema } from '../../../domain/config/project.js';

const member = (name: string, roles = ['reviewer'], emails = [`${name}@example.org`]) => ({
  name,
  roles,
  emails,
});
const lake = { kind: 's3', bucket: 'lake', credentials: 'secret://lake' };

function partsOf(file: object = {}, policies: Readonly<Record<string, object>> = {}) {
  const models = [{ name: 'late', path: 'late' }];
  const config = projectSchema.parse({ version: 1, project: 'trips', models, sources: {}, ...file });
  const parsed = Object.entries(policies).map(([model, policy]) => [
    model,
    policySchema.parse({ version: 1, ...policy }),
  ]);
  return { config, parts: governedParts(config, membersOf(config), Object.fromEntries(parsed)) };
}
const strict = { description: 'strict' };
/** Null: the project is not the organisation's. Undefined: it is, and has no policy. */
function organisationWith(policy: object | null | undefined) {
  const { config } = partsOf(policy === null ? {} : { organisation: true, models: [] });
  return governedParts(config, [], {}, policy ? policySchema.parse({ version: 1, ...policy }) : null);
}
const found = (before: object, after: object) =>
  differencesText(governedDifferences(partsOf(before).parts, partsOf(after).parts));

describe('governed parts', () => {
  it('are the same whatever order and case the files have', () => {
    const ann = member('ann', ['admin', 'reviewer'], ['a@x.org', 'Ann@x.org']);
    const turned = member('ann', ['reviewer', 'admin'], ['ann@X.org', 'a@x.org']);
    const one = partsOf({
      members: [ann, member('bob')],
      sources: { lake, own: { ...lake, bucket: 'own' } },
    });
    const other = partsOf({
      members: [member('bob'), turned],
      sources: { own: { ...lake, bucket: 'own' }, lake },
    });
    expect(canonicalText(one.parts)).toBe(canonicalText(other.parts));
    expect(governedDifferences(one.parts, other.parts)).toEqual([]);
  });

  it('do not hold what is in force at once', () => {
    const models = [{ name: 'early', path: 'early' }];
    expect(found({}, { models, description: 'more' })).toBe('');
  });

  it.each([
    ['a member', {}, { members: [member('ann')] }, 'member "ann" added'],
    ['a role', { members: [member('ann')] }, { members: [member('ann', ['admin'])] }, 'member "ann" changed'],
    [
      'an address',
      { members: [member('ann')] },
      { members: [member('ann', ['reviewer'], ['other@x.org'])] },
      'member "ann" changed',
    ],
    ['changes turned on', {}, { changes: {} }, 'changes added'],
    ['changes turned off', { changes: {} }, {}, 'changes removed'],
    ['a smaller quorum', { changes: { quorum: 2 } }, { changes: { quorum: 1 } }, 'changes changed'],
    [
      'a source',
      { sources: { lake } },
      { sources: { lake: { ...lake, bucket: 'other' } } },
      'source "lake" changed',
    ],
    ['no source', { sources: { lake } }, {}, 'source "lake" removed'],
  ])('differ by %s', (_, before, after, text) => expect(found(before, after)).toBe(text));

  it('differ by a policy that is taken away', () => {
    const before = partsOf({}, { late: { description: 'strict' } }).parts;
    const differences = governedDifferences(before, partsOf().parts);
    expect(differences).toEqual([{ part: 'policies', name: 'late', kind: 'removed' }]);
  });

  it.each([
    ['a repository that becomes that of the organisation', null, strict, 'policy of the organisation added'],
    ['a policy of the organisation', strict, { description: 'lax' }, 'policy of the organisation changed'],
    ['its file that is taken away', strict, undefined, 'policy of the organisation changed'],
    ['one that is the organisation no more', strict, null, 'policy of the organisation removed'],
    ['one without a policy that is it no more', undefined, null, 'policy of the organisation removed'],
  ])('differ by %s', (_, before, after, text) => {
    const differences = governedDifferences(organisationWith(before), organisationWith(after));
    expect(differences).toEqual([expect.objectContaining({ part: 'organisation', name: null })]);
    expect(differencesText(differences)).toBe(text);
  });

  it('have no part of the organisation in any other project, so that their digests are what they were', () => {
    for (const file of [{}, { organisation: false }]) {
      expect(Object.keys(partsOf(file).parts)).toEqual(['members', 'changes', 'sources', 'policies']);
    }
  });

  it('of one configuration go into another, and the rest of it stays', () => {
    const inForce = partsOf({ changes: {}, sources: { lake } }).config;
    const newer = partsOf({ members: [member('mallory')], description: 'more' }).config;
    expect(withGoverned(newer, inForce)).toEqual({ ...inForce, description: 'more' });
    expect(withGoverned(inForce, newer)).not.toHaveProperty('changes');
  });

  it('hold whether the project is the organisation', () => {
    const [is, isNot] = [partsOf({ organisation: true, models: [] }).config, partsOf().config];
    expect(withGoverned(isNot, is)).toMatchObject({ organisation: true, models: isNot.models });
    expect(withGoverned(is, isNot)).not.toHaveProperty('organisation');
  });
});

describe('the stage of a change', () => {
  it('is the one that the block in force names', () => {
    const { changes } = partsOf({ changes: { role: 'admin', quorum: 2, expireAfter: '3 days' } }).parts;
    expect(changes && changeStages(changes)).toEqual([
      expect.objectContaining({ role: 'admin', quorum: 2, veto: true, expireMs: 3 * 86_400_000 }),
    ]);
  });

  it('is about a commit by its full id', () => {
    const commit = 'a'.repeat(40);
    expect(commitOfChange(changeSubject(commit))).toBe(commit);
    expect(commitOfChange('late@3')).toBeUndefined();
    expect(commitOfChange('change@abc')).toBeUndefined();
  });
});

describe('a project file', () => {
  const text = (rest: string) =>
    `version: 1\nproject: trips\nmodels: [{name: late, path: late}]\nsources: {}\n${rest}`;
  it.each([
    [
      'people who decide, and are not there',
      'changes: {}',
      /1 of role reviewer, which 0 of the members have/,
    ],
    [
      'fewer people than are asked',
      'changes: {quorum: 2}\nmembers: [{name: ann, roles: [reviewer]}]',
      /2 of role reviewer, which 1 of the members have/,
    ],
    [
      'a member twice',
      'members: [{name: ann, roles: [reviewer]}, {name: ann, roles: [admin]}]',
      /ann a second time/,
    ],
    [
      'models where it is the organisation',
      'organisation: true',
      /:3:9: models is late, allowed is an empty list where "organisation" is true/,
    ],
  ])('is refused with %s', (_, rest, message) =>
    expect(() => parseProject(text(rest), 'ratchet.project.yaml')).toThrow(message),
  );

  it('has models, or says that it is the organisation', () => {
    const none = 'version: 1\nproject: trips\nmodels: []\nsources: {}\n';
    expect(parseProject(`${none}organisation: true`, 'p')).toMatchObject({ models: [], organisation: true });
    for (const file of [none, `${none}organisation: false`]) {
      const message =
        'p:3:9: models is an empty list, allowed is at least one model, or "organisation: true"';
      expect(() => parseProject(file, 'p')).toThrow(message);
    }
  });
});
