import {
  declared,
  declaringCommit,
  liveOf,
  moment,
  newRelease,
  type ServingSubject,
  wantedOf,
} from './serving-subject.js';

/** An endpoint from its declaration to its end, of a project whose model "delay" has a version 1. */
export async function liveServing({
  endpoints,
  releases,
  project,
}: Pick<ServingSubject, 'endpoints' | 'releases' | 'project'>): Promise<void> {
  const name = { project, endpoint: 'flights' };
  const declare = (...all: ReturnType<typeof declared>[]) =>
    endpoints.declare(project, declaringCommit, all, 'ann');
  await declare(declared('flights'));
  await declare(declared('flights', { image: 'required' }));
  await endpoints.scale(name, 2, 'ann');
  const { release } = await releases.create(newRelease(name, 'release'));
  await endpoints.want(wantedOf(name, 1), release.id);
  await endpoints.recordLive(liveOf(wantedOf(name, 1), release.id, 1), 'ann');
  await endpoints.recordEnded(name, moment(2), 'ann');
  await releases.setStatus(release.id, 'succeeded', null);
  await declare();
}
