import type { components } from './generated/api.js';
import { ago, duration, printFacts, printTable } from './print.js';
import { printCauses } from './run-causes-print.js';
import { printSentences, printSteps, stepWords } from './steps-print.js';

type List = components['schemas']['ReleaseList'];
type Detail = components['schemas']['ReleaseDetail'];

export function printReleases({ releases }: List): void {
  printTable(
    ['release', 'endpoint', 'kind', 'status', 'version', 'code', 'cause', 'started', 'took'],
    releases.map((row) => [
      row.id,
      `${row.project}/${row.endpoint}`,
      row.kind,
      row.status,
      row.modelVersion,
      row.commit?.slice(0, 12),
      row.causes.map(({ kind }) => kind).join(', '),
      ago(row.createdAt),
      row.endedAt === null ? null : duration(Date.parse(row.endedAt) - Date.parse(row.createdAt)),
    ]),
    'no release: ratchet endpoint release <project>/<endpoint>',
  );
}

/** A release as a page of text. */
export function printRelease(release: Detail): void {
  const { id, project, endpoint, kind, model, modelVersion, commit, revision, causes } = release;
  printFacts([
    ['release', id],
    ['endpoint', `${project}/${endpoint}`],
    ['kind', kind],
    ['model', modelVersion === null ? `${project}/${model}` : `${project}/${model}@${modelVersion}`],
    ['code', commit ?? undefined],
    ['cause', causes.map(({ kind: why, by }) => (by === undefined ? why : `${why} by ${by}`)).join(', ')],
    ['started', ago(release.createdAt)],
    ['revision', revision ?? undefined],
  ]);
  printSteps(release, 'status  ', stepWords);
  printCauses(release);
  printSentences(nextCommands(release));
}

function nextCommands({ id, status, logs, project, endpoint }: Detail): string[] {
  if (status === 'succeeded') return [`what answers: ratchet endpoint show ${project}/${endpoint}`];
  if (status !== 'failed' && status !== 'refused') return [];
  return [
    ...logs.map(({ step }) => `the log: ratchet release logs ${id} --step ${step}`),
    `after a fix: ratchet endpoint release ${project}/${endpoint}`,
  ];
}
