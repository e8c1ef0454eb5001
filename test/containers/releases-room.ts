import postgres from 'postgres';
import type { RevisionRecord } from '../../domain/ports/endpoints.js';
import { makePoints, type TrainedPoints, trainOnPoints } from '../../scripts/soak/releases/points.js';
import { openReleaseStack, type ReleaseStack } from '../../scripts/soak/releases/release-stack.js';
import {
  createServingProject,
  endOfRelease,
  type ServingProject,
} from '../../scripts/soak/releases/serving-project.js';
import { borrowSwarm } from '../engine/borrowed-swarm.js';
import { inDatabase } from '../setup/database-template.js';
import { makeHome, removeHome } from '../stack/fixtures/state-folder.js';

export const project = 'points';
/** In containers. */
export const web = { project, endpoint: 'web' } as const;
/** The same model as a process. */
export const near = { project, endpoint: 'near' } as const;
/** The same as a service of a swarm. */
export const wide = { project, endpoint: 'wide' } as const;

const serving = `  web:
    application: { path: app }
    target: docker
    image: required
    resources: { cpus: 1, memoryMiB: 512 }
    health: { readyWithin: 60 seconds, drain: 2 seconds }
  near: { target: process, health: { drain: 2 seconds } }
  wide: { target: swarm, image: required, health: { drain: 2 seconds } }
`;

/** A champion of trained points with its endpoints live, on a stack with an engine that manages a swarm. */
export interface ReleasesRoom {
  readonly home: string;
  readonly stack: ReleaseStack;
  readonly shipped: ServingProject;
  readonly trained: TrainedPoints;
  readonly points: ReturnType<typeof makePoints>;
  live(name: { readonly project: string; readonly endpoint: string }): Promise<RevisionRecord>;
  /** What the web endpoint says of a point of this probability or a little less: whether it is one. */
  answer(x: number): Promise<{ readonly isOne: boolean; readonly probability: number }>;
  /** As somebody does who has the database in their hands. */
  forge(revision: string, wanted: RevisionRecord['wanted']): Promise<void>;
  close(): Promise<void>;
}

export async function openReleasesRoom(): Promise<ReleasesRoom> {
  const home = makeHome();
  const points = makePoints(42_000);
  const trained = await trainOnPoints(points);
  const stack = await openReleaseStack(home);
  const swarm = await borrowSwarm(stack.docker, stack.engine);
  const close = async () => {
    await stack.close();
    await swarm.giveBack();
    removeHome(home);
  };
  try {
    const shipped = await createServingProject(stack, { project, points, trained, serving });
    await Promise.all(
      [web, near, wide].map((name) => endOfRelease(stack, { ...name, beginning: 'champion-1' })),
    );
    return { home, stack, shipped, trained, points, ...looks(stack), close };
  } catch (error) {
    await close();
    throw error;
  }
}

function looks(stack: ReleaseStack): Pick<ReleasesRoom, 'live' | 'answer' | 'forge'> {
  const live: ReleasesRoom['live'] = async (name) => {
    const [newest] = await stack.stores.endpoints.revisions(name);
    if (newest === undefined || newest.until !== null) throw new Error(`nothing of ${name.endpoint} is live`);
    return newest;
  };
  return {
    live,
    async answer(x) {
      const { at } = await live(web);
      const response = await fetch(`${at.http}/predict`, {
        method: 'POST',
        body: JSON.stringify([{ x, y: 0 }]),
      });
      const told = (await response.json()) as {
        predictions?: readonly Awaited<ReturnType<ReleasesRoom['answer']>>[];
      };
      const [first] = told.predictions ?? [];
      if (first === undefined) throw new Error(`${response.status} ${JSON.stringify(told)}`);
      return first;
    },
    async forge(revision, wanted) {
      const { admin } = stack.stack.database;
      const sql = postgres(inDatabase(admin ?? '', 'ratchet'), { max: 1, onnotice: () => undefined });
      try {
        await sql.begin(async (session) => {
          await session`set local session_replication_role = replica`;
          await session`update revisions set wanted = ${sql.json(wanted as never)} where revision = ${revision}`;
        });
      } finally {
        await sql.end();
      }
    },
  };
}
