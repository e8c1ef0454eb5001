import { randomUUID } from 'node:crypto';
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { answered } from '../../../cli/answered.js';
import type { ReleaseRecord } from '../../../domain/ports/releases.js';
import { packageRoot } from '../../../stack/package-root.js';
import { commitAll } from '../../bench/commit-all.js';
import { createVotingProject } from '../../bench/voting-project.js';
import { sendWebhook } from '../../demo/host/webhook.js';
import type { ChaosStack } from '../chaos/chaos-stack.js';
import { until } from '../chaos/until.js';
import { cast } from '../votes/cast.js';
import type { Point, TrainedPoints } from './points.js';
import { pointsApplication } from './points-application.js';

export const model = 'tiny';
const patienceMs = 240_000;

/** A project with one champion and the endpoints that answer with it. */
export interface ServingProject {
  readonly project: string;
  /** Working copy, which is its repository too. */
  readonly folder: string;
  /** Commits serving code that says one from `threshold` on, and tells of the push. */
  ship(threshold: number): Promise<void>;
}

export interface ServingWorld {
  readonly project: string;
  readonly points: readonly Point[];
  readonly trained: TrainedPoints;
  /** `serving` of the model, as YAML. The code of an application is in `app`. */
  readonly serving: string;
}

/** Has the model of points trained and let in; its endpoints are declared, and their first releases begin. */
export async function createServingProject(chaos: ChaosStack, world: ServingWorld): Promise<ServingProject> {
  const { project } = world;
  const folder = join(chaos.workDir, project);
  await layOut(folder, world);
  let head = await commitAll(folder);
  await becomeChampion(chaos, project, folder);
  const path = { project };
  const hook = await answered(chaos.api.GET('/api/v1/projects/{project}/hook', { params: { path } }));
  const address = `${chaos.stack.urls['gateway']}${hook.path}`;
  return {
    project,
    folder,
    async ship(threshold) {
      await write(join(folder, 'app'), pointsApplication(threshold));
      const before = head;
      head = await commitAll(folder);
      const move = { before, after: head, ref: 'refs/heads/main' };
      const { status, text } = await sendWebhook({ address, secret: hook.secret, repository: folder }, move);
      if (status >= 300) throw new Error(`the push was answered with ${status}: ${text}`);
    },
  };
}

/** Which release of an endpoint: by its id, by how that goes on after the names, or the first one after another. */
export type WhichRelease = { readonly project: string; readonly endpoint: string } & (
  | { readonly id: string }
  | { readonly beginning: string }
  | { readonly after: string | undefined }
);

/** A release, once it has ended. */
export async function endOfRelease({ stores }: ChaosStack, which: WhichRelease): Promise<ReleaseRecord> {
  const { project, endpoint } = which;
  return until(`the release ${JSON.stringify(which)} ends`, patienceMs, async () => {
    const releases = await stores.releases.list({ project, endpoint });
    const found = findRelease(releases, which);
    return found === undefined || found.endedAt === null ? undefined : found;
  });
}

/** `releases` are those of the endpoint, newest first. */
function findRelease(releases: readonly ReleaseRecord[], which: WhichRelease): ReleaseRecord | undefined {
  const { project, endpoint } = which;
  if ('id' in which) return releases.find(({ id }) => id === which.id);
  if ('beginning' in which)
    return releases.find(({ id }) => id.startsWith(`${project}.${endpoint}.${which.beginning}`));
  const known = releases.findIndex(({ id }) => id === which.after);
  return known < 1 ? undefined : releases[known - 1];
}

async function becomeChampion(chaos: ChaosStack, project: string, repo: string): Promise<void> {
  const { api, stores, stack } = chaos;
  const place = { api, stores, stateDir: stack.stateDir, url: stack.urls['gateway'] ?? '' };
  // A run that no person of the project started needs two.
  const wanted = { project, model, repo, reviewers: 2, quorum: 2 };
  const reviewers = await createVotingProject(place, wanted);
  await answered(api.POST('/api/v1/runs', { body: { id: randomUUID(), project, model } }));
  const approval = await until('an approval is opened', patienceMs, () =>
    stores.approvals.latest(project, `${model}@1`),
  );
  for (const reviewer of reviewers.values()) await cast(chaos, reviewer, approval, 'update');
  await until('the version is champion', patienceMs, () => stores.champions.champion(project, model));
}

async function layOut(folder: string, { project, points, trained, serving }: ServingWorld): Promise<void> {
  await cp(join(packageRoot(), 'test/fixtures/tiny-model'), folder, { recursive: true });
  const rows = points.map(({ x, y, label }, id) => `${id},${x ?? ''},${y},${label}\n`);
  await writeFile(join(folder, 'data/points.csv'), `id,x,y,label\n${rows.join('')}`);
  await writeFile(join(folder, 'training/model.onnx'), trained.file);
  await write(join(folder, 'app'), pointsApplication(0.5));
  await replace(join(folder, 'ratchet.project.yaml'), 'project: tiny', `project: ${project}`);
  const file = join(folder, 'models/tiny/ratchet.yaml');
  await replace(file, 'output: probability', 'output: probabilities');
  await writeFile(file, `${await readFile(file, 'utf8')}serving:\n${serving}`);
}

async function replace(path: string, from: string, to: string): Promise<void> {
  const text = await readFile(path, 'utf8');
  if (!text.includes(from)) throw new Error(`${path} does not say "${from}"`);
  await writeFile(path, text.replace(from, to));
}

async function write(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    const path = join(folder, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
  }
}
