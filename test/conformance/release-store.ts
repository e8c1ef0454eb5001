import { beforeEach, describe, expect, it } from 'vitest';
import type { RunStatus } from '../../domain/names.js';
import type { EndpointName } from '../../domain/ports/deployment-target.js';
import { codeOf } from './error-code.js';
import { releaseTurns } from './release-turns.js';
import {
  declared,
  declaringCommit,
  type MakeServing,
  newRelease,
  type ServingSubject,
  withEndpoint,
} from './serving-subject.js';
import { stepLedgerConformance } from './step-ledger.js';

export function releaseStoreConformance(make: MakeServing): void {
  describe('releases', () => releaseRecords(make));
  describe('turns of releases', () => releaseTurns(make));
  describe('steps of releases', () =>
    stepLedgerConformance(async () => {
      const subject = await make();
      const { id } = (await withEndpoint(subject)).release;
      const setStatus = (...end: [RunStatus, string | null]) => subject.releases.setStatus(id, ...end);
      return { ledger: subject.releases, id, setStatus, unknown: 'RELEASE_NOT_FOUND' };
    }));
}

function releaseRecords(make: MakeServing): void {
  let subject: ServingSubject;
  let name: EndpointName;
  let id: string;
  beforeEach(async () => {
    subject = await make();
    const made = await withEndpoint(subject);
    name = made.name;
    id = made.release.id;
  });
  const create = (short: string, of = name) => subject.releases.create(newRelease(of, short));

  it('creates a release that is running, of the model that the endpoint answers with', async () => {
    const { release, created } = await create('new');
    expect(created).toBe(true);
    expect(release).toEqual({
      ...{ ...newRelease(name, 'new'), model: 'delay', status: 'running', reason: null, round: 0 },
      ...{ commit: null, modelVersion: null, createdAt: expect.any(String), endedAt: null },
    });
    expect(await subject.releases.get(release.id)).toEqual(release);
  });

  it('creates one release for one id, however many at once', async () => {
    const all = await Promise.all(Array.from({ length: 6 }, () => create('new')));
    expect(all.filter(({ created }) => created)).toHaveLength(1);
    expect(new Set(all.map(({ release }) => release.createdAt)).size).toBe(1);
  });

  it('does not hand out a release under the name of another endpoint', async () => {
    const both = [declared('flights'), declared('other')];
    await subject.endpoints.declare(name.project, declaringCommit, both, 'ann');
    expect(await codeOf(create('first', { ...name, endpoint: 'other' }))).toBe('CONFLICT');
  });

  it('makes none of an endpoint that is not there or retired, and goes on with those that are', async () => {
    expect(await codeOf(create('new', { ...name, endpoint: 'none' }))).toBe('ENDPOINT_NOT_FOUND');
    await subject.endpoints.declare(name.project, declaringCommit, [], 'ann');
    expect(await codeOf(create('new'))).toBe('CONFLICT');
    expect(await create('first')).toMatchObject({ created: false, release: { id } });
  });

  it('keeps what was resolved, and no version that is not there', async () => {
    await subject.releases.setResolved(id, { commit: 'b'.repeat(40), modelVersion: 1 });
    const resolved = { commit: 'b'.repeat(40), modelVersion: 1 };
    expect(await subject.releases.get(id)).toMatchObject(resolved);
    const none = subject.releases.setResolved(id, { commit: null, modelVersion: 99 });
    expect(await codeOf(none)).toBe('MODEL_NOT_FOUND');
    expect(await subject.releases.get(id)).toMatchObject(resolved);
  });

  it('keeps the first end of a release, and a reason whatever characters are in it', async () => {
    await subject.releases.setStatus(id, 'waiting', 'an older one is before it');
    expect(await subject.releases.get(id)).toMatchObject({ status: 'waiting', endedAt: null });
    await subject.releases.setStatus(id, 'failed', 'it \0 broke');
    const ended = await subject.releases.get(id);
    expect(ended).toMatchObject({ status: 'failed', endedAt: expect.any(String) });
    expect(ended.reason).toMatch(/^it . broke$/u);
    await subject.releases.setStatus(id, 'succeeded', null);
    expect(await subject.releases.get(id)).toEqual(ended);
  });

  it('lists the newest first, by what is asked for', async () => {
    const second = (await create('second')).release.id;
    await subject.releases.setStatus(second, 'failed', null);
    const { project } = name;
    const ids = async (filter: Parameters<typeof subject.releases.list>[0]) =>
      (await subject.releases.list(filter)).map((release) => release.id);
    expect(await ids({ project })).toEqual([second, id]);
    expect(await ids({ project, status: 'failed' })).toEqual([second]);
    expect(await ids({ project, endpoint: 'none' })).toEqual([]);
    expect(await ids({ projects: [project], endpoint: name.endpoint })).toEqual([second, id]);
    expect(await ids({ project, projects: [] })).toEqual([]);
    const open = await subject.releases.open();
    expect(open.filter((release) => release.project === project).map((one) => one.id)).toEqual([id]);
  });

  it('says so where there is no such release', async () => {
    const { releases } = subject;
    expect(await codeOf(releases.get('none'))).toBe('RELEASE_NOT_FOUND');
    expect(await codeOf(releases.setStatus('none', 'failed', null))).toBe('RELEASE_NOT_FOUND');
    expect(await codeOf(releases.setResolved('none', { commit: null, modelVersion: 1 }))).toBe(
      'RELEASE_NOT_FOUND',
    );
    expect(await codeOf(releases.takeTurn('none'))).toBe('RELEASE_NOT_FOUND');
  });
}
