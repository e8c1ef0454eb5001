import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type FreshDatabase, freshDatabase } from '../setup/stack.js';
import { openProgramRoom, type ProgramRoom, type RunDetail } from '../workers/program-room.js';
import { createTinyRepository, type TinyRepository } from '../workers/tiny-repository.js';
import { files } from './bad-input.js';
import { companySources } from './bad-sql.js';

interface Asked {
  readonly ref?: string;
  readonly variant?: string;
}

/** What a run left behind it. */
export interface Leftovers {
  /** Model versions and dataset versions that it made. */
  readonly versions: number;
  readonly datasets: number;
  /** Its files in staging, with a `*` for a folder that is named by a digest. */
  readonly staged: readonly string[];
}

/** A sound project on the stack, with an orchestrator and a cpu worker. Its first run has succeeded. */
export interface BadProject {
  readonly room: ProgramRoom;
  readonly repository: TinyRepository;
  /** A whole run of the model, to its end. */
  train(asked?: Asked): Promise<RunDetail>;
  /** A run of the sound model that begins after this call; calls that come while one runs share the next. */
  trainSound(): Promise<RunDetail>;
  leftOf(run: RunDetail): Promise<Leftovers>;
  close(): Promise<void>;
}

export async function openBadProject(): Promise<BadProject> {
  const [room, company] = await Promise.all([
    openProgramRoom({ RATCHET_GIT_MAX_FILES: '60' }),
    freshDatabase('empty'),
  ]);
  const repository = await createTinyRepository(join(room.stateDir, 'repository'), {
    [files.project]: (text) => `${text}${companySources}`,
  });
  await Promise.all([room.start('orchestrator'), room.start('cpu', { RATCHET_WORKER_SLOTS: '3' })]);
  await writeCompany(room, company);
  await room.ask('POST', '/api/v1/projects', { repo: repository.path });
  const train = async (asked: Asked = {}) => {
    const { body } = await room.ask('POST', '/api/v1/runs', { project: 'tiny', model: 'tiny', ...asked });
    return room.shown(body.id, ({ endedAt }) => endedAt !== null);
  };
  const first = await train();
  if (first.status !== 'succeeded') throw new Error(`the sound project is not: ${first.reason}`);
  return {
    room,
    repository,
    train,
    trainSound: shared(train),
    leftOf: (run) => leftOf(room, run),
    async close() {
      await room.close();
      await company.drop();
    },
  };
}

function shared<T>(work: () => Promise<T>): () => Promise<T> {
  let running: Promise<unknown> = Promise.resolve();
  let next: Promise<T> | undefined;
  return () => {
    next ??= running.then(() => {
      next = undefined;
      const done = work();
      running = done.catch(() => undefined);
      return done;
    });
    return next;
  };
}

/** A user of the company's database that may read nothing, since nobody gave it anything. */
async function writeCompany(room: ProgramRoom, company: FreshDatabase): Promise<void> {
  await writeFile(join(room.secretsDir, 'company'), company.servingUrl, { mode: 0o600 });
}

async function leftOf({ stores, blobs }: ProgramRoom, { id }: RunDetail): Promise<Leftovers> {
  const [versions, datasets, staged] = await Promise.all([
    stores.registry.list('tiny', 'tiny'),
    stores.datasets.list('tiny'),
    blobs.listStaged(`runs/${id}/`),
  ]);
  return {
    versions: versions.filter(({ runId }) => runId === id).length,
    datasets: datasets.filter(({ runId }) => runId === id).length,
    staged: staged.map((key) => key.replace(`runs/${id}/`, '').replace(/[0-9a-f]{16}/, '*')),
  };
}
