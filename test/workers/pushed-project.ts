import { randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Delivery } from '../../domain/ports/deliveries.js';
import { until } from '../../scripts/soak/chaos/until.js';
import type { ProgramRoom } from './program-room.js';
import { hookOf, tellUntilAnswered } from './tell-push.js';
import { createTinyRepository, type Edits, type TinyRepository } from './tiny-repository.js';

const patienceMs = 200_000;

/** For a project file: the timetable of the repository does not come before a webhook of the test. */
export const byWebhookAlone = 'tracked: { every: 1 day }\n';

/** A project whose repository is a bare one, with a working copy that is pushed from. */
export interface PushedProject {
  readonly project: string;
  /** Address that the project reads from. */
  readonly repo: string;
  readonly work: TinyRepository;
  /** Commits these files, and pushes; the new head. */
  push(files: Readonly<Record<string, string>>, ...options: string[]): Promise<string>;
  /** Runs git in the bare repository. */
  bare(...args: string[]): Promise<string>;
  /** Sends a webhook about `main`, and waits until it is handled. */
  tell(after: string): Promise<Delivery>;
}

/** The bare repository lies in `folder`, and is read at the address `repo`. */
export async function createPushedProject(
  room: ProgramRoom,
  project: string,
  { folder, repo, edits }: { readonly folder: string; readonly repo: string; readonly edits: Edits },
): Promise<PushedProject> {
  const work = await createTinyRepository(join(room.stateDir, `work-${project}`), edits);
  const bareFolder = join(folder, `${project}.git`);
  await work.git('clone', '--quiet', '--bare', '.', bareFolder);
  await work.git('remote', 'add', 'origin', bareFolder);
  const bare = (...args: string[]) => work.git('--git-dir', bareFolder, ...args);
  // Else the branch that HEAD names cannot be deleted.
  await bare('config', 'receive.denyDeleteCurrent', 'ignore');
  const { status, body } = await room.ask('POST', '/api/v1/projects', { repo });
  if (status !== 200) throw new Error(`the project was not added: ${JSON.stringify(body)}`);
  const hook = await hookOf(room, project);
  return {
    project,
    repo,
    work,
    bare,
    async push(files, ...options) {
      for (const [name, text] of Object.entries(files)) {
        await mkdir(dirname(join(work.path, name)), { recursive: true });
        await writeFile(join(work.path, name), text);
      }
      await work.git('add', '--all');
      await work.git('commit', '--quiet', '--allow-empty', '--message', `A change ${randomUUID()}`);
      await work.git('push', '--quiet', ...options, 'origin', 'main');
      return work.git('rev-parse', 'HEAD');
    },
    async tell(after) {
      const id = randomUUID();
      const before = '1'.repeat(40);
      const status = await tellUntilAnswered(room.url, hook, {
        id,
        repo,
        ref: 'refs/heads/main',
        before,
        after,
      });
      if (status !== 202) throw new Error(`the webhook was answered with ${status}`);
      return until(`webhook ${id} is handled`, patienceMs, async () =>
        (await room.stores.deliveries.list(project, 200)).find(
          (row) => row.id === `github:${id}` && row.status !== 'pending',
        ),
      );
    },
  };
}

/** The file of one more model of the smallest project, whose training code makes nothing. */
export const idleModel = (name: string, training: string) => `version: 1
model: ${name}
purpose:
  intendedUse: Is there, and is never used.
  prohibitedUses: [Any decision.]
  affectedGroups: [nobody]
  sensitiveColumns: []
dataset:
  name: ${name}
  tables: [points]
  examples: models/tiny/examples.sql
  key: [id]
  label: label
  split: { by: hash, validation: 0.25, test: 0.25 }
training:
  path: ${training}
  command: [python3, train.py]
  environment: { kind: none }
  algorithm: copied
  hyperparameters: {}
evaluation:
  task: classification
  inputs: [x, y]
  output: probability
  primary: rocAuc
  parity: { waive: It makes no file. }
`;
