import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { engineLabels } from '../../../domain/engine/labels.js';
import type { ReleaseRecord } from '../../../domain/ports/releases.js';
import { until } from '../chaos/until.js';
import type { ReleaseStack } from './release-stack.js';

type Claims = readonly (readonly [holds: boolean, words: string])[];

const settlePatienceMs = 60_000;

/** Every promise that does not hold after a release that was to succeed. Empty is what it should be. */
export async function violationsOf(
  stack: ReleaseStack,
  release: ReleaseRecord,
  threshold: number,
): Promise<readonly string[]> {
  if (release.status !== 'succeeded') return [`the release ended as ${release.status}: ${release.reason}`];
  const settled = await until('nothing is left over', settlePatienceMs, async () => {
    const found = await leftOver(stack, release);
    return found.length === 0 ? found : undefined;
  }).catch(() => leftOver(stack, release));
  return [...settled, ...(await ofAnswers(stack, release, threshold))];
}

const broken = (claims: Claims) => claims.filter(([holds]) => !holds).map(([, words]) => words);

/** One image, one set of replicas behind one door, one revision that is wanted and live, nothing half made. */
async function leftOver(stack: ReleaseStack, release: ReleaseRecord): Promise<readonly string[]> {
  const { engine, docker, stores } = stack;
  const { project, endpoint, id, commit } = release;
  const filters = { label: [`${engineLabels.commit}=${commit}`, `${engineLabels.model}=${project}/tiny`] };
  const [images, containers, revisions, wanted, folders] = await Promise.all([
    docker.listImages({ filters }),
    engine.containers({ [engineLabels.project]: project, [engineLabels.endpoint]: endpoint }),
    stores.endpoints.revisions(release),
    stores.endpoints.wanted(release),
    readdir(join(stack.stack.stateDir, 'engine')),
  ]);
  const replicas = containers.filter(({ labels }) => labels[engineLabels.replica] !== undefined);
  const live = revisions.filter(({ until: end }) => end === null);
  const ours = revisions.filter(({ releaseId }) => releaseId === id);
  const halfBuilt = folders.filter((name) => name.startsWith('image-'));
  return broken([
    [images.length === 1, `there are ${images.length} images of commit ${commit}`],
    [replicas.length === (wanted?.replicas ?? 1), `there are ${replicas.length} replicas`],
    [containers.length === replicas.length + 1, `there are ${containers.length - replicas.length} doors`],
    [
      replicas.every(({ labels }) => labels[engineLabels.revision] === id),
      'a replica is of another revision',
    ],
    [containers.every(({ state }) => state === 'running'), 'a container does not run'],
    [live.length === 1 && live[0]?.revision === id, `live is ${live.map(({ revision }) => revision)}`],
    [ours.length === 1, `the release has ${ours.length} revisions`],
    [wanted?.revision === id, `wanted is ${wanted?.revision}`],
    [halfBuilt.length === 0, `${halfBuilt.length} folders of builds are left`],
  ]);
}

/** The endpoint answers with the code of the release: a point on either side of its threshold says which it is. */
async function ofAnswers(
  { stores }: ReleaseStack,
  release: ReleaseRecord,
  threshold: number,
): Promise<readonly string[]> {
  const [live] = await stores.endpoints.revisions(release);
  const rows = Array.from({ length: 81 }, (_, at) => ({ x: at / 10 - 4, y: 0 }));
  const response = await fetch(`${live?.at.http}/predict`, { method: 'POST', body: JSON.stringify(rows) });
  const { predictions = [] } = (await response.json()) as {
    predictions?: readonly { readonly isOne: boolean; readonly probability: number }[];
  };
  const other = predictions.filter(({ isOne, probability }) => isOne !== probability >= threshold);
  return broken([
    [response.status === 200, `the endpoint answers ${response.status}`],
    [predictions.length === rows.length, `${predictions.length} of ${rows.length} rows are answered`],
    [other.length === 0, `${other.length} rows are answered by other code`],
  ]);
}
