import { beforeEach, describe, expect, it } from 'vitest';
import { endpointRevisions } from './endpoint-revisions.js';
import { codeOf } from './error-code.js';
import { declared, declaringCommit, type MakeServing, type ServingSubject } from './serving-subject.js';

export function endpointStoreConformance(make: MakeServing): void {
  describe('declarations', () => declarations(make));
  describe('revisions', () => endpointRevisions(make));
}

function declarations(make: MakeServing): void {
  let subject: ServingSubject;
  beforeEach(async () => {
    subject = await make();
  });
  const declare = (endpoints: ReturnType<typeof declared>[], commit = declaringCommit) =>
    subject.endpoints.declare(subject.project, commit, endpoints, 'ann');
  const named = (endpoint: string) => ({ project: subject.project, endpoint });

  it('gives the endpoints that are new, as they were declared', async () => {
    const wanted = [declared('flights', { replicas: 2, environment: { KEY: 'secret://key' } })];
    const made = await declare(wanted);
    expect(made).toEqual([
      {
        ...{ ...wanted[0], project: subject.project, commit: declaringCommit },
        ...{ scaledTo: null, retiredAt: null, updatedAt: expect.any(String) },
      },
    ]);
    expect(await subject.endpoints.get(named('flights'))).toEqual(made[0]);
  });

  it('changes nothing, not even the commit, where it is declared as before', async () => {
    const [made] = await declare([declared('flights')]);
    expect(await declare([declared('flights')], 'd'.repeat(40))).toEqual([]);
    expect(await subject.endpoints.get(named('flights'))).toEqual(made);
  });

  it('gives those that changed, and no others', async () => {
    await declare([declared('flights'), declared('other')]);
    const changed = [declared('flights', { image: 'required' }), declared('other')];
    const commit = 'd'.repeat(40);
    expect(await declare(changed, commit)).toMatchObject([{ ...changed[0], commit }]);
    const moved = [changed[0] ?? declared(''), declared('other', {}, 'price')];
    expect(await declare(moved)).toMatchObject([{ endpoint: 'other', model: 'price' }]);
  });

  it('retires what is not declared any more, and brings it back where it is again', async () => {
    await declare([declared('flights'), declared('other')]);
    expect(await declare([declared('other')])).toEqual([]);
    const retired = await subject.endpoints.get(named('flights'));
    expect(retired.retiredAt).toEqual(expect.any(String));
    expect(await subject.endpoints.following(subject.project, 'delay')).toMatchObject([
      { endpoint: 'other' },
    ]);
    await declare([declared('other')]);
    expect(await subject.endpoints.get(named('flights'))).toEqual(retired);
    expect(await declare([declared('flights'), declared('other')])).toMatchObject([
      { endpoint: 'flights', retiredAt: null },
    ]);
  });

  it('retires all where none is declared', async () => {
    await declare([declared('flights'), declared('other')]);
    await declare([]);
    expect(await subject.endpoints.following(subject.project, 'delay')).toEqual([]);
    expect(await subject.endpoints.list(subject.project)).toHaveLength(2);
  });

  it('lists by name, of one project or of all', async () => {
    await declare([declared('b'), declared('a')]);
    const names = (rows: readonly { readonly endpoint: string }[]) => rows.map(({ endpoint }) => endpoint);
    expect(names(await subject.endpoints.list(subject.project))).toEqual(['a', 'b']);
    expect((await subject.endpoints.list()).length).toBeGreaterThanOrEqual(2);
    expect(await subject.endpoints.list('nowhere')).toEqual([]);
    expect(await subject.endpoints.following(subject.project, 'price')).toEqual([]);
  });

  it('keeps replicas that were set by hand until Git says another number', async () => {
    await declare([declared('flights', { replicas: 2 })]);
    expect(await subject.endpoints.scale(named('flights'), 5, 'ann')).toMatchObject({ scaledTo: 5 });
    await declare([declared('flights', { replicas: 2, image: 'required' })]);
    expect(await subject.endpoints.get(named('flights'))).toMatchObject({ scaledTo: 5 });
    await declare([declared('flights', { replicas: 3, image: 'required' })]);
    expect(await subject.endpoints.get(named('flights'))).toMatchObject({ scaledTo: null });
  });

  it('forgets replicas that were set by hand where it comes back, or somebody says so', async () => {
    await declare([declared('flights')]);
    await subject.endpoints.scale(named('flights'), 5, 'ann');
    await declare([]);
    await declare([declared('flights')]);
    expect(await subject.endpoints.get(named('flights'))).toMatchObject({ scaledTo: null });
    await subject.endpoints.scale(named('flights'), 5, 'ann');
    expect(await subject.endpoints.scale(named('flights'), null, 'ann')).toMatchObject({ scaledTo: null });
  });

  it('says so where there is no such endpoint or project', async () => {
    expect(await codeOf(subject.endpoints.get(named('none')))).toBe('ENDPOINT_NOT_FOUND');
    expect(await codeOf(subject.endpoints.scale(named('none'), 1, 'ann'))).toBe('ENDPOINT_NOT_FOUND');
    expect(await codeOf(subject.endpoints.declare('nowhere', declaringCommit, [], 'ann'))).toBe(
      'PROJECT_NOT_FOUND',
    );
  });
}
