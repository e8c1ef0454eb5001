import { printableLine } from '../domain/printable.js';
import type { components } from './generated/api.js';
import { refusedLines, scanText } from './image-scan-print.js';
import { printFacts, printLine, printTable } from './print.js';

type List = components['schemas']['EndpointList'];
type Endpoint = components['schemas']['Endpoint'];
type Detail = components['schemas']['EndpointDetail'];
type Revision = components['schemas']['Revision'];

export function printEndpoints({ endpoints }: List): void {
  printTable(
    ['endpoint', 'model', 'target', 'live', 'since', 'address'],
    endpoints.map((row) => [
      nameOf(row),
      `${row.project}/${row.model}`,
      row.target,
      liveText(row),
      row.live?.from,
      row.at?.http,
    ]),
    'no endpoint: declare one under "serving" in the ratchet.yaml of a model',
  );
}

/** An endpoint as a page of text. */
export function printEndpoint(endpoint: Detail): void {
  const { model, project, commit, scaledTo, retiredAt, at, live, wanted } = endpoint;
  printFacts([
    ['endpoint', nameOf(endpoint)],
    ['retired', retiredAt === null ? undefined : `since ${retiredAt}: Git does not declare it any more`],
    ['model', `${project}/${model}`],
    ['target', endpoint.target],
    ['declared by', commit],
    ['replicas', scaledTo === null ? undefined : `${scaledTo}, set by hand`],
    ['live', live === null ? 'nothing' : liveText(endpoint)],
    [
      'wanted',
      wanted === null || wanted.ordinal === live?.ordinal ? undefined : `revision ${wanted.ordinal}`,
    ],
    ['http', at?.http ?? undefined],
    ['grpc', at?.grpc ?? undefined],
    ['metrics', at?.metrics ?? undefined],
    ['image scan', scanText(endpoint.imageScan)],
  ]);
  printReplicas(endpoint);
  printTimeline(endpoint.revisions);
  for (const sentence of sentencesOf(endpoint)) printLine(printableLine(sentence));
}

function printReplicas({ observed }: Detail): void {
  if (observed === null) return;
  printLine();
  printTable(
    ['replica', 'state', 'restarts', 'why'],
    observed.replicas.map(({ id, state, restarts, reason }) => [id, state, restarts, reason]),
    'no replica runs',
  );
}

function printTimeline(revisions: readonly Revision[]): void {
  printLine();
  printTable(
    ['revision', 'from', 'until', 'version', 'code', 'image', 'release'],
    revisions.map((row) => [
      row.ordinal,
      row.from,
      row.until ?? 'now',
      row.modelVersion,
      row.applicationCommit?.slice(0, 12) ?? 'stock',
      row.imageDigest?.slice(0, 19) ?? 'none',
      row.revision,
    ]),
    'nothing was live yet',
  );
}

function sentencesOf(endpoint: Detail): string[] {
  const name = nameOf(endpoint);
  const { notice, retiredAt, revisions } = endpoint;
  const first = revisions.length === 0 && retiredAt === null;
  return [
    ...(notice === null ? [] : [notice]),
    ...refusedLines(endpoint.imageScan),
    ...(first ? [`what is on its way: ratchet release list ${name}`] : []),
  ];
}

function liveText({ live, retiredAt }: Endpoint): string | null {
  if (retiredAt !== null) return 'retired';
  return live && `revision ${live.ordinal}, version ${live.modelVersion}`;
}

function nameOf({ project, endpoint }: Endpoint): string {
  return `${project}/${endpoint}`;
}
