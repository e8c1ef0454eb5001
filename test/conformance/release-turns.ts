import { beforeEach, expect, it } from 'vitest';
import type { EndpointName } from '../../domain/ports/deployment-target.js';
import { codeOf } from './error-code.js';
import {
  declared,
  declaringCommit,
  type MakeServing,
  newRelease,
  type ServingSubject,
  withEndpoint,
} from './serving-subject.js';

export function releaseTurns(make: MakeServing): void {
  let subject: ServingSubject;
  let name: EndpointName;
  let first: string;
  beforeEach(async () => {
    subject = await make();
    const made = await withEndpoint(subject);
    name = made.name;
    first = made.release.id;
  });
  const create = async (id: string) => (await subject.releases.create(newRelease(name, id))).release.id;
  const turn = (id: string) => subject.releases.takeTurn(id);

  it('lets one go on, also where it asks again', async () => {
    expect([await turn(first), await turn(first)]).toEqual([null, null]);
  });

  it('lets one of those that ask at once go on', async () => {
    const second = await create('second');
    const told = await Promise.allSettled([turn(first), turn(second)]);
    const going = told.filter((one) => one.status === 'fulfilled' && one.value === null);
    expect(going).toHaveLength(1);
  });

  it('names the one that is before it until that has ended', async () => {
    const second = await create('second');
    await turn(first);
    expect(await turn(second)).toBe(first);
    await subject.releases.setStatus(first, 'waiting', null);
    expect(await turn(second)).toBe(first);
    await subject.releases.setStatus(first, 'failed', null);
    expect(await turn(second)).toBeNull();
  });

  it('lets a newer one that waits take the place of an older one that waits, and says so', async () => {
    await turn(first);
    const second = await create('second');
    const third = await create('third');
    expect([await turn(second), await turn(third)]).toEqual([first, first]);
    const superseded = await subject.releases.get(second);
    expect(superseded).toMatchObject({ status: 'cancelled', reason: `release ${third} took its place` });
    expect(await subject.releases.get(first)).toMatchObject({ status: 'running' });
    expect(await codeOf(turn(second))).toBe('CONFLICT');
  });

  it('is no turn of a release that has ended', async () => {
    await turn(first);
    await subject.releases.setStatus(first, 'succeeded', null);
    expect(await codeOf(turn(first))).toBe('CONFLICT');
  });

  it('does not wait for releases of other endpoints', async () => {
    const both = [declared('flights'), declared('other')];
    await subject.endpoints.declare(name.project, declaringCommit, both, 'ann');
    const of = { ...name, endpoint: 'other' };
    const { release } = await subject.releases.create(newRelease(of, 'of-other'));
    expect([await turn(first), await turn(release.id)]).toEqual([null, null]);
  });
}
