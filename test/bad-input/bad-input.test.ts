import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunDetail } from '../workers/program-room.js';
import { createTinyRepository } from '../workers/tiny-repository.js';
import { badConfiguration } from './bad-configuration.js';
import { badData } from './bad-data.js';
import { type BadInput, files, swap } from './bad-input.js';
import { badModelFiles } from './bad-model-files.js';
import { type BadProject, openBadProject } from './bad-project.js';
import { badRequests } from './bad-requests.js';
import { badQueries, badSql } from './bad-sql.js';
import { badPredictions, badTraining } from './bad-training.js';
import { forgedMetrics, garbageMetrics } from './passed-over.js';

let project: BadProject;
beforeAll(async () => {
  project = await openBadProject();
}, 120_000);
afterAll(() => project.close());

const patient = { concurrent: true, timeout: 300_000 } as const;
let branches = 0;

/** What is not said of what must be said, with what is said instead. */
function unsaid(says: BadInput['says'], text: string | null): string[] {
  const isSaid = (words: string | RegExp) =>
    typeof words === 'string' ? text?.includes(words) : words.test(text ?? '');
  return says.filter((words) => !isSaid(words)).map((words) => `${words} is not in: ${text}`);
}

async function endingOf(run: RunDetail, { says, status }: BadInput) {
  return {
    status: run.status,
    code: run.reason?.split(':', 1)[0],
    unsaid: unsaid(says, run.reason),
    step: run.steps.find((step) => step.status === status)?.name ?? null,
    refusals: run.refusals.length > 0,
    ...(await project.leftOf(run)),
  };
}

describe.each([
  ['configuration', badConfiguration],
  ['SQL', badSql],
  ['a source query', badQueries],
  ['data', badData],
  ['training', badTraining],
  ['a model file', badModelFiles],
  ['predictions', badPredictions],
])('a run that meets bad input in %s', patient, (_, cases) => {
  it.for(cases)('says what is wrong with $title, and leaves nothing half-made', async (bad, { expect }) => {
    branches += 1;
    const ref = await project.repository.branch(`bad-${branches}`, bad.edits);
    const run = await project.train({ ref, ...(bad.variant === undefined ? {} : { variant: bad.variant }) });
    expect(await endingOf(run, bad)).toEqual({
      status: bad.status,
      code: bad.code,
      unsaid: [],
      step: bad.step,
      refusals: bad.status === 'refused',
      versions: 0,
      datasets: bad.dataset === 'made' ? 1 : 0,
      staged: bad.staged ?? [],
    });
    expect(await project.trainSound()).toMatchObject({ status: 'succeeded' });
  });
});

describe('a request with bad input', patient, () => {
  it.for(badRequests)('is refused with words for $title, and stores nothing', async (bad, { expect }) => {
    const { status, body } = await project.room.ask('POST', bad.path, bad.body);
    const { code, message } = body.error;
    const said = `${message} ${JSON.stringify(body.error.details)}`;
    expect({ status, code, unsaid: unsaid(bad.says, said) }).toEqual({
      status: bad.status,
      code: bad.code,
      unsaid: [],
    });
    expect(JSON.stringify(body)).not.toContain('hunter2');
    expect((await project.room.ask('GET', '/api/v1/projects')).body.projects).toHaveLength(1);
  });
});

describe('a run whose training says what is no use', patient, () => {
  it('passes over metrics that are none, and keeps the one that is', async ({ expect }) => {
    const run = await project.train({ ref: await project.repository.branch('garbage', garbageMetrics) });
    expect(run.status).toBe('succeeded');
    const { body } = await project.room.ask('GET', `/api/v1/runs/${run.id}/metrics`);
    expect(body.points).toEqual([{ name: 'loss', step: 7, value: 0.25, at: expect.any(String) }]);
  });

  it('is judged by the platform alone, whatever it claims', async ({ expect }) => {
    const run = await project.train({ ref: await project.repository.branch('forged', forgedMetrics) });
    const [honest, forged] = await Promise.all([metricsOf(1), metricsOf(run.version ?? 0)]);
    expect(forged).toEqual(honest);
    expect(forged['rocAuc']).toBeLessThan(1);
  });
});

async function metricsOf(version: number): Promise<Record<string, number>> {
  const { body } = await project.room.ask('GET', `/api/v1/models/tiny/tiny/${version}`);
  return body.metrics;
}

describe('a run at a ref', patient, () => {
  it.for([
    [
      'nobody-made-this',
      'GIT_NOT_FOUND',
      'has no branch or tag "nobody-made-this"; a commit is named by all of its 40 digits',
    ],
    ['refs/notes/x', 'GIT_NOT_FOUND', 'has no branch or tag "refs/notes/x"'],
    ['a..b', 'GIT_REFUSED', '"a..b" is not a ref; a ref is a branch, a tag, HEAD or a commit of 40 digits'],
    ['0'.repeat(40), 'GIT_NOT_FOUND', '0000000'],
  ] as const)('that is %s fails with the name and what a ref is', async ([ref, code, words], { expect }) => {
    const run = await project.train({ ref });
    expect({
      status: run.status,
      code: run.reason?.split(':', 1)[0],
      unsaid: unsaid([words], run.reason),
    }).toEqual({
      status: 'failed',
      code,
      unsaid: [],
    });
  });

  it.for(['branch', 'tag'] as const)(
    'whose %s has vanished fails, and goes on from one that is there',
    async (kind, { expect }) => {
      const { repository, train, room } = project;
      const name = await repository.branch(`vanishing-${kind}`, {});
      if (kind === 'tag') await repository.git('tag', 'vanishing', name);
      await repository.git('branch', '-D', name);
      if (kind === 'tag') await repository.git('tag', '-d', 'vanishing');
      const ref = kind === 'tag' ? 'vanishing' : name;
      const run = await train({ ref });
      expect(run).toMatchObject({
        status: 'failed',
        reason: expect.stringContaining(`has no branch or tag "${ref}"`),
      });
      await room.ask('POST', `/api/v1/runs/${run.id}/resume`, { ref: 'main' });
      const resumed = await room.shown(
        run.id,
        ({ endedAt, status }) => endedAt !== null && status !== 'failed',
      );
      expect(resumed).toMatchObject({ status: 'succeeded', round: 1 });
    },
  );
});

describe('a repository that is added', patient, () => {
  it.for([
    [
      'without its project file',
      { [files.project]: null },
      'CONFIG_MISSING',
      'the repository has no ratchet.project.yaml at ',
    ],
    [
      'with a broken project file',
      { [files.project]: swap('version: 1', 'version: 2') },
      'CONFIG_INVALID',
      'ratchet.project.yaml:1:10: version is number 2, allowed is 1',
    ],
    [
      'with a model of another name',
      { [files.model]: swap('model: tiny', 'model: small') },
      'CONFIG_INVALID',
      'calls the model in models/tiny "tiny"',
    ],
    [
      'with a broken table',
      { [files.table]: swap('format: csv', 'format: xlsx') },
      'CONFIG_INVALID',
      'format is text "xlsx", allowed is "csv" or "parquet"',
    ],
  ] as const)('%s is refused, and is no project', async ([title, edits, code, words], { expect }) => {
    const path = join(project.room.stateDir, title);
    await createTinyRepository(path, { [files.project]: swap('project: tiny', 'project: other'), ...edits });
    const { status, body } = await project.room.ask('POST', '/api/v1/projects', { repo: path });
    expect({ status, code: body.error.code, unsaid: unsaid([words], body.error.message) }).toEqual({
      status: 400,
      code,
      unsaid: [],
    });
    expect((await project.room.ask('GET', '/api/v1/projects/other')).status).toBe(404);
  });
});

it('leaves no working copy and no half-made environment behind', async () => {
  const { stateDir } = project.room;
  const ofWorkers = await readdir(join(stateDir, 'work'));
  const left = await Promise.all(ofWorkers.map((folder) => readdir(join(stateDir, 'work', folder))));
  expect(left.flat()).toEqual([]);
  const environments = await readdir(join(stateDir, 'environments'));
  expect(environments.filter((name) => !name.endsWith('.lock'))).toEqual([]);
});
