import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { WantedRevision } from '../../../domain/ports/deployment-target.js';
import type { EndpointPlace } from '../docker-target/endpoint-place.js';
import { keep, readKept } from '../docker-target/kept-json.js';
import type { LiveRevision } from '../docker-target/live-revision.js';

/** The service of an endpoint has the name of its network. */
export const serviceName = (place: EndpointPlace): string => place.network;

const nextFile = (place: EndpointPlace) => join(place.folder, 'next.json');

/** The revision that the service was told to take, until it is known whether it did; null where there is none. */
export const readNext = (place: EndpointPlace) => readKept<WantedRevision>(nextFile(place));
export const keepNext = (place: EndpointPlace, wanted: WantedRevision) => keep(nextFile(place), wanted);
export const dropNext = (place: EndpointPlace) => rm(nextFile(place), { force: true });

/** The service's name stands for all tasks that are well: the door needs to know no more. */
export async function keepLive(place: EndpointPlace, wanted: WantedRevision): Promise<LiveRevision> {
  const live: LiveRevision = { wanted, backends: [serviceName(place)] };
  await keep(place.liveFile, live);
  return live;
}
