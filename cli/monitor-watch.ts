import { setTimeout as sleep } from 'node:timers/promises';
import type { Command } from 'commander';
import { RatchetError } from '../domain/errors/ratchet-error.js';
import { printableLine } from '../domain/printable.js';
import { answered } from './answered.js';
import { type GatewayOptions, gatewayCommand } from './gateway-command.js';
import type { components } from './generated/api.js';
import { type ApiClient, openClient } from './open-client.js';
import { printLine } from './print.js';
import { splitName } from './split-name.js';

type Window = components['schemas']['Monitoring']['inputs'][number];
type Incident = components['schemas']['Incident'];

/** What is told: a window once, an incident whenever its kind changes or it closes. */
type Told =
  | { readonly key: string; readonly at: string; readonly window: Window }
  | { readonly key: string; readonly at: string; readonly incident: Incident };

const intervalMs = 1000;
/** A gateway that is restarted is back within this. */
const patienceMs = 60_000;
/** As many incidents are looked through. */
const mostIncidents = 50;

/** `ratchet monitor watch`. */
export function registerWatch(monitor: Command): void {
  gatewayCommand(monitor, 'watch <endpoint>', {
    about: 'a line for each window as it is judged and each incident as it opens or closes, until Ctrl-C',
    example: 'ratchet monitor watch flights/web',
  }).action(async (text: string, options: GatewayOptions) => {
    const client = await openClient(options);
    const { project, name: endpoint } = splitName(text, 'endpoint');
    const stop = new AbortController();
    const interrupted = () => stop.abort();
    process.once('SIGINT', interrupted);
    try {
      await follow(client, { project, endpoint }, stop.signal, (told) =>
        printLine(options.json ? jsonOf(told) : lineOf(told)),
      );
    } finally {
      process.off('SIGINT', interrupted);
    }
  });
}

interface Place {
  readonly project: string;
  readonly endpoint: string;
}

async function follow(
  client: ApiClient,
  place: Place,
  signal: AbortSignal,
  tell: (told: Told) => void,
): Promise<void> {
  const known = new Set<string>();
  let lastAnswerMs = Date.now();
  for (let isFirst = true; !signal.aborted; ) {
    try {
      const found = await look(client, place);
      lastAnswerMs = Date.now();
      for (const told of isFirst ? present(found) : found) if (!known.has(told.key)) tell(told);
      for (const { key } of found) known.add(key);
      isFirst = false;
    } catch (error) {
      const isAway = error instanceof RatchetError && error.entry.kind === 'unavailable';
      if (!isAway || isFirst || Date.now() - lastAnswerMs > patienceMs) throw error;
    }
    await sleep(intervalMs, undefined, { signal }).catch(() => undefined);
  }
}

/** Oldest first. */
async function look(client: ApiClient, place: Place): Promise<readonly Told[]> {
  const params = { path: place };
  const [{ inputs, truth }, { incidents }] = await Promise.all([
    answered(client.GET('/api/v1/endpoints/{project}/{endpoint}/monitoring', { params })),
    answered(client.GET('/api/v1/incidents', { params: { query: { ...place, limit: mostIncidents } } })),
  ]);
  const windows = [...inputs, ...truth].map(
    (window): Told => ({ key: `${window.line} ${window.from}`, at: window.judgedAt, window }),
  );
  const changes = incidents.map((incident): Told => {
    const { id, kind, openedAt, closedAt } = incident;
    return { key: `${id} ${kind} ${closedAt !== null}`, at: closedAt ?? openedAt, incident };
  });
  return [...windows.toSorted((a, b) => (a.at < b.at ? -1 : 1)), ...changes.toReversed()];
}

/** What there is to be seen at the beginning: the newest window of each line, and what is open. */
function present(found: readonly Told[]): readonly Told[] {
  const windows = found.filter((told) => 'window' in told);
  const newest = (['inputs', 'truth'] as const).flatMap(
    (line) =>
      windows
        .filter(({ window }) => window.line === line)
        .toSorted(byBeginning)
        .at(-1) ?? [],
  );
  return [...newest, ...found.filter((told) => 'incident' in told && told.incident.closedAt === null)];
}

const byBeginning = (a: { readonly window: Window }, b: { readonly window: Window }) =>
  a.window.from < b.window.from ? -1 : 1;

function jsonOf(told: Told): string {
  return JSON.stringify('window' in told ? { window: told.window } : { incident: told.incident });
}

function lineOf(told: Told): string {
  if ('incident' in told) {
    const { id, kind, closedAt, closedBecause, routedTo } = told.incident;
    const what = closedAt === null ? `open, goes to ${routedTo.join(', ')}` : `closed: ${closedBecause}`;
    return printableLine(`incident ${kind} (${id}) ${what}`);
  }
  const { line, from, to, verdict, rows, modelVersion, verdicts } = told.window;
  const failed = Object.entries(verdicts)
    .filter(([, of]) => of === 'fail')
    .map(([name]) => name.replace(/^(column|condition):/, ''));
  const what = failed.length === 0 ? '' : `: ${failed.join(', ')}`;
  const span = `${from.slice(0, 16)} to ${to.slice(0, 16)}`;
  return printableLine(
    `${line.padEnd(6)} ${span}  ${verdict}${what}  ${rows} rows of version ${modelVersion}`,
  );
}
