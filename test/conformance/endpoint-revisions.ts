import { beforeEach, expect, it } from 'vitest';
import type { EndpointName } from '../../domain/ports/deployment-target.js';
import { codeOf } from './error-code.js';
import {
  declared,
  declaringCommit,
  liveOf,
  type MakeServing,
  moment,
  type ServingSubject,
  wantedOf,
  withEndpoint,
} from './serving-subject.js';

export function endpointRevisions(make: MakeServing): void {
  let subject: ServingSubject;
  let name: EndpointName;
  let releaseId: string;
  beforeEach(async () => {
    subject = await make();
    const made = await withEndpoint(subject);
    name = made.name;
    releaseId = made.release.id;
  });
  const want = (ordinal: number, revision?: string) =>
    subject.endpoints.want(wantedOf(name, ordinal, revision), releaseId);
  const live = (ordinal: number, second: number) =>
    subject.endpoints.recordLive(liveOf(wantedOf(name, ordinal), releaseId, second), 'ann');
  const liveAt = async (second: number) => (await subject.endpoints.liveAt(name, moment(second)))?.revision;

  it('wants what was asked for last, whole', async () => {
    expect(await subject.endpoints.wanted(name)).toBeUndefined();
    expect(await subject.endpoints.nextOrdinal(name)).toBe(1);
    await want(1);
    await want(3);
    expect(await subject.endpoints.wanted(name)).toEqual(wantedOf(name, 3));
    expect(await subject.endpoints.nextOrdinal(name)).toBe(4);
  });

  it('is told the same twice and does nothing twice', async () => {
    await Promise.all([want(1), want(1)]);
    await want(2, 'r1');
    expect(await subject.endpoints.wanted(name)).toEqual(wantedOf(name, 1));
  });

  it('goes back to a revision before under a new ordinal, and under no older one', async () => {
    await want(1);
    await want(2);
    expect(await codeOf(want(1))).toBe('CONFLICT');
    expect(await codeOf(want(2, 'other'))).toBe('CONFLICT');
    await want(3, 'r1');
    expect(await subject.endpoints.wanted(name)).toEqual(wantedOf(name, 3, 'r1'));
  });

  it('wants nothing of an endpoint or for a release that is not there', async () => {
    const { endpoints } = subject;
    const none = { ...name, endpoint: 'none' };
    expect(await codeOf(endpoints.want(wantedOf(none, 1), releaseId))).toBe('ENDPOINT_NOT_FOUND');
    expect(await codeOf(endpoints.want(wantedOf(name, 1), 'none'))).toBe('RELEASE_NOT_FOUND');
    expect(await endpoints.wanted(name)).toBeUndefined();
  });

  it('tells what is wanted of every endpoint that is not retired', async () => {
    const ofProject = async () =>
      (await subject.endpoints.allWanted()).filter(({ project }) => project === name.project);
    await want(1);
    await want(2);
    expect(await ofProject()).toEqual([wantedOf(name, 2)]);
    await subject.endpoints.declare(name.project, declaringCommit, [declared('other')], 'ann');
    expect(await ofProject()).toEqual([]);
  });

  it('has one revision live at a time: the one before ends as the next begins', async () => {
    expect(await live(1, 1)).toEqual({ ...liveOf(wantedOf(name, 1), releaseId, 1), until: null });
    await live(2, 5);
    expect(await subject.endpoints.revisions(name)).toMatchObject([
      { revision: 'r2', from: moment(5), until: null },
      { revision: 'r1', from: moment(1), until: moment(5) },
    ]);
  });

  it('says what was live at a moment, the first of it included and the last not', async () => {
    await live(1, 1);
    await live(2, 5);
    await subject.endpoints.recordEnded(name, moment(9), 'ann');
    expect(await Promise.all([0, 1, 4, 5, 8, 9].map(liveAt))).toEqual([
      ...[undefined, 'r1', 'r1'],
      ...['r2', 'r2', undefined],
    ]);
  });

  it('records a revision once, whatever is said of it later', async () => {
    const first = await live(1, 1);
    expect(await live(1, 7)).toEqual(first);
    await live(2, 8);
    expect(await live(1, 9)).toMatchObject({ from: moment(1), until: moment(8) });
    expect(await subject.endpoints.revisions(name)).toHaveLength(2);
  });

  it('begins no revision before the one that it follows, also where its clock is behind', async () => {
    await live(1, 5);
    expect(await live(2, 3)).toMatchObject({ from: moment(5) });
    await subject.endpoints.recordEnded(name, moment(4), 'ann');
    const ended = await subject.endpoints.revisions(name);
    expect(ended).toMatchObject([{ until: moment(5) }, { from: moment(5), until: moment(5) }]);
    expect(await live(3, 4)).toMatchObject({ from: moment(5), until: null });
  });

  it('ends once, and nothing where nothing answers', async () => {
    await subject.endpoints.recordEnded(name, moment(1), 'ann');
    await live(1, 2);
    await subject.endpoints.recordEnded(name, moment(3), 'ann');
    await subject.endpoints.recordEnded(name, moment(9), 'ann');
    expect(await subject.endpoints.revisions(name)).toMatchObject([{ until: moment(3) }]);
  });

  it('adds up how long replicas were there, within a span and till now', async () => {
    const served = (from: string, to: string) => subject.endpoints.servedTime(name, { from, to });
    expect(await served(moment(0), moment(60))).toEqual({ revisions: 0, replicaMs: 0 });
    await live(1, 1);
    const three = { ...wantedOf(name, 2), replicas: 3 };
    await subject.endpoints.recordLive(liveOf(three, releaseId, 5), 'ann');
    const { replicas } = wantedOf(name, 1);
    const ms = (first: number, second: number) => 1000 * (first * replicas + second * 3);
    expect(await served(moment(0), moment(11))).toEqual({ revisions: 2, replicaMs: ms(4, 6) });
    expect(await served(moment(2), moment(4))).toEqual({ revisions: 1, replicaMs: ms(2, 0) });
    expect(await served(moment(5), moment(6))).toEqual({ revisions: 1, replicaMs: ms(0, 1) });
    const [before, tillNow] = [Date.now(), (await served(moment(5), '2999-01-01T00:00:00.000Z')).replicaMs];
    const sinceBegun = (nowMs: number) => 3 * (nowMs - Date.parse(moment(5)));
    expect(Math.abs(tillNow - sinceBegun(before))).toBeLessThan(3 * 60_000);
    await subject.endpoints.recordEnded(name, moment(9), 'ann');
    expect(await served(moment(0), '2999-01-01T00:00:00.000Z')).toEqual({
      revisions: 2,
      replicaMs: ms(4, 4),
    });
  });

  it('gives the newest hundred revisions', async () => {
    for (let ordinal = 1; ordinal <= 101; ordinal += 1) await live(ordinal, ordinal);
    const found = await subject.endpoints.revisions(name);
    expect([found.length, found[0]?.ordinal, found.at(-1)?.ordinal]).toEqual([100, 101, 2]);
  });

  it('records nothing of an endpoint that is not there', async () => {
    const none = { ...name, endpoint: 'none' };
    const { endpoints } = subject;
    const revision = liveOf(wantedOf(none, 1), releaseId, 1);
    expect(await codeOf(endpoints.recordLive(revision, 'ann'))).toBe('ENDPOINT_NOT_FOUND');
    expect(await codeOf(endpoints.recordEnded(none, moment(1), 'ann'))).toBe('ENDPOINT_NOT_FOUND');
    expect(await endpoints.revisions(none)).toEqual([]);
    expect(await endpoints.liveAt(none, moment(1))).toBeUndefined();
    const unknown = liveOf(wantedOf(name, 1), 'none', 1);
    expect(await codeOf(endpoints.recordLive(unknown, 'ann'))).toBe('RELEASE_NOT_FOUND');
  });
}
