import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { EndpointConfig } from '../../domain/config/serving.js';
import { workflowIds } from '../../domain/names.js';
import type { RevisionRecord } from '../../domain/ports/endpoints.js';
import type { ReleaseKind, ReleaseRecord } from '../../domain/ports/releases.js';
import { until } from '../../scripts/soak/chaos/until.js';
import type { Program } from './program.js';
import { openProgramRoom, type ProgramRoom } from './program-room.js';
import { serveTestSigner } from './test-signer.js';
import { createTinyRepository, type TinyRepository } from './tiny-repository.js';
import { applicationFiles } from './word-application.js';

export const name = { project: 'tiny', endpoint: 'live' } as const;
const patienceMs = 200_000;

const policy = 'version: 1\nrules:\n  - { name: rows, require: dataset.rows.test >= 1 }\n';
/** Releases of this room are begun by hand. */
const unfollowed = 'tracked: { every: 1 day }\n';
const telling = 'notifications:\n  ops: { kind: webhook, url: "secret://none", secret: "secret://none" }\n';

/** Our processes, a champion of the tiny model, and the endpoint that its file declares, which answers. */
export interface ReleaseRoom extends ProgramRoom {
  readonly repository: TinyRepository;
  /** Commits to the branch that the project follows. */
  push(files: Readonly<Record<string, string>>): Promise<void>;
  /** The worker that deploys, as it runs at the moment. */
  serving(): Program;
  /** SIGKILL, and another in its place. */
  replaceServing(): Promise<void>;
  /** Starts a release, as who asks for one does. */
  begin(kind?: ReleaseKind): Promise<string>;
  ended(id: string): Promise<ReleaseRecord>;
  live(): Promise<RevisionRecord | undefined>;
  /** Asks the endpoint for a row. Throws where it does not answer. */
  predict(): Promise<unknown>;
  declare(config: (config: EndpointConfig) => EndpointConfig): Promise<void>;
}

/** What a test wants otherwise. */
export interface ReleaseRoomOptions {
  /** For the agent of the endpoints' processes, and for the worker that deploys and watches. */
  readonly endpoints?: (room: ProgramRoom) => Readonly<Record<string, string>>;
  readonly serving?: Readonly<Record<string, string>>;
  /** Added to the file of the model. */
  readonly model?: string;
}

export async function openReleaseRoom(options: ReleaseRoomOptions = {}): Promise<ReleaseRoom> {
  const signer = await serveTestSigner();
  const room = await openProgramRoom(signer.settings('gateway'));
  await signer.register(room.ownerUrl);
  await Promise.all([
    room.start('orchestrator', signer.settings('workers')),
    room.start('cpu'),
    room.start('endpoints', options.endpoints?.(room)),
  ]);
  let serving = await room.start('serving', options.serving);
  const { endpoints, releases } = room.stores;
  const repository = await createTinyRepository(join(room.stateDir, 'repository'), {
    'ratchet.project.yaml': (text) => text + unfollowed + telling,
    'models/tiny/policy.yaml': policy,
    'models/tiny/ratchet.yaml': (text) =>
      `${text}serving:\n  live: { application: { path: app } }\n${options.model ?? ''}`,
    ...applicationFiles('first'),
  });
  const added = await room.ask('POST', '/api/v1/projects', { repo: repository.path });
  if (added.status !== 200) throw new Error(JSON.stringify(added.body));

  async function begin(kind: ReleaseKind = 'deploy'): Promise<string> {
    const id = randomUUID();
    const commit = await repository.git('rev-parse', 'HEAD');
    const words = { author: 'A', subject: 's', paths: [], files: 0 };
    const facts = { kind: 'push', ref: 'refs/heads/main', before: null, commit, ...words } as const;
    const causes = [{ kind: 'push', at: new Date().toISOString(), facts }] as const;
    await releases.create({ id, ...name, kind, causes });
    await room.client.workflow.start('releaseServing', {
      workflowId: workflowIds.releaseServing(name.project, name.endpoint, id),
      taskQueue: 'orchestrator',
      args: [{ ...name, releaseId: id, round: 0 }],
    });
    return id;
  }
  const live = async () => (await endpoints.revisions(name)).find((one) => one.until === null);
  const opened: ReleaseRoom = {
    ...room,
    repository,
    serving: () => serving,
    begin,
    live,
    async push(files) {
      for (const [path, text] of Object.entries(files)) await writeFile(join(repository.path, path), text);
      await repository.git('add', '--all');
      await repository.git('commit', '--quiet', '--allow-empty', '--message', 'A change of the serving code');
    },
    async replaceServing() {
      await serving.kill();
      serving = await room.start('serving', options.serving);
    },
    ended: (id) =>
      until(`release ${id} ended`, patienceMs, async () => {
        const release = await releases.get(id);
        return release.endedAt === null ? undefined : release;
      }),
    async predict() {
      const { at } = (await live()) ?? { at: { http: 'http://127.0.0.1:1' } };
      const response = await fetch(`${at.http}/predict`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify([{ x: 0.5, y: -0.5 }]),
      });
      if (!response.ok) throw new Error(`answered ${response.status}: ${await response.text()}`);
      return ((await response.json()) as { predictions: unknown }).predictions;
    },
    async declare(change) {
      const { model, config, commit } = await endpoints.get(name);
      await endpoints.declare(
        name.project,
        commit,
        [{ model, endpoint: name.endpoint, config: change(config) }],
        'git',
      );
    },
    async close() {
      await room.close();
      await signer.close();
    },
  };
  const { body: run } = await room.ask('POST', '/api/v1/runs', { project: 'tiny', model: 'tiny' });
  await room.shown(run.id, ({ endedAt }) => endedAt !== null);
  await until('there is a champion', patienceMs, () => room.stores.champions.champion('tiny', 'tiny'));
  return opened;
}
