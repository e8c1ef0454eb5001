import { randomUUID } from 'node:crypto';
import { appendFile, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { answered } from '../../../cli/answered.js';
import type { RevisionRecord } from '../../../domain/ports/endpoints.js';
import { applicationFiles } from '../../../test/workers/word-application.js';
import { commitAll } from '../../bench/commit-all.js';
import type { ChaosStack } from '../chaos/chaos-stack.js';
import { createQuickProject } from '../chaos/project.js';
import { until } from '../chaos/until.js';

const patienceMs = 120_000;
export const endpoint = 'live';
const policy = 'version: 1\nrules:\n  - { name: rows, require: dataset.rows.test >= 1 }\n';

/** A project whose only model has a champion, and an endpoint with serving code that answers. */
export interface ServedProject {
  readonly project: string;
  readonly endpoint: string;
  readonly repo: string;
  readonly first: RevisionRecord;
  /** Commits serving code whose answers say this word; the commit. */
  change(word: string): Promise<string>;
}

/** `more` is put into the declaration of the endpoint; `model` after it; `files` beside its application. */
export async function createServedProject(
  chaos: Pick<ChaosStack, 'api' | 'stores' | 'workDir'>,
  project: string,
  {
    more = '',
    model = '',
    files = {},
  }: {
    readonly more?: string;
    readonly model?: string;
    readonly files?: Readonly<Record<string, string>>;
  } = {},
): Promise<ServedProject> {
  const repo = await createQuickProject(join(chaos.workDir, project), project);
  const change = async (word: string) => {
    await writeAll(repo, { ...applicationFiles(word), ...files });
    return commitAll(repo);
  };
  // What is released is told by hand, not by a timetable.
  await appendFile(join(repo, 'ratchet.project.yaml'), '\ntracked: { every: 1 day }\n');
  await appendFile(
    join(repo, 'models/tiny/ratchet.yaml'),
    `serving:\n  live: { application: { path: app }${more} }\n${model}`,
  );
  await writeFile(join(repo, 'models/tiny/policy.yaml'), policy);
  await change('first');
  await answered(chaos.api.POST('/api/v1/projects', { body: { repo, ref: 'main' } }));
  await answered(chaos.api.POST('/api/v1/runs', { body: { id: randomUUID(), project, model: 'tiny' } }));
  const first = await until('the endpoint answers', patienceMs, async () =>
    (await chaos.stores.endpoints.revisions({ project, endpoint })).at(0),
  );
  await until('its release is over', patienceMs, async () => {
    const { endedAt } = await chaos.stores.releases.get(first.releaseId);
    return endedAt ?? undefined;
  });
  return { project, endpoint, repo, first, change };
}

async function writeAll(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
}
