import { printableLine } from '../domain/printable.js';
import { colors } from './colors.js';
import type { components } from './generated/api.js';
import { printFacts, printLine, printTable } from './print.js';

type Incident = components['schemas']['Incident'];
type Detail = components['schemas']['IncidentDetail'];
type Page = components['schemas']['IncidentPage'];

export function printIncidents({ incidents, next }: Page): void {
  printTable(
    ['incident', 'endpoint', 'kind', 'opened', 'goes to', 'run', 'closed'],
    incidents.map((incident) => [
      incident.id,
      `${incident.project}/${incident.endpoint}`,
      incident.kind,
      incident.openedAt,
      incident.routedTo.join(', '),
      runText(incident),
      incident.closedAt ?? 'open',
    ]),
    'no incident: what is watched is as it was',
  );
  if (next !== null) printLine(`more: --after ${next}`);
}

/** One incident; `explains`: with each window that saw it. */
export function printIncident(incident: Detail, explains: boolean): void {
  const { acknowledgedBy, closedAt, closedBy, closedBecause, sights } = incident;
  const newest = sights.at(-1);
  printFacts([
    ['incident', incident.id],
    ['endpoint', `${incident.project}/${incident.endpoint}`],
    ['model', `${incident.project}/${incident.model} version ${incident.modelVersion}`],
    ['kind', `${incident.kind}: ${incident.words}`],
    ['goes to', incident.routedTo.join(', ')],
    ['opened', incident.openedAt],
    ['seen in', `${sights.length} windows, the last until ${newest?.window.to ?? '-'}`],
    ['because', newest?.because],
    ['retraining', incident.blocksRetraining ? 'the watch asks for none while it is open' : incident.course],
    ['run', runText(incident) ?? undefined],
    ['looked after by', acknowledgedBy ?? undefined],
    ['closed', closedAt === null ? undefined : `${closedAt} by ${closedBy ?? 'itself'}: ${closedBecause}`],
  ]);
  if (explains) printChain(incident);
  else printLine(`window by window: ratchet incident explain ${incident.id}`);
}

function printChain({ sights, run }: Detail): void {
  for (const { window, kind, because } of sights) {
    printLine();
    printLine(colors.bold(printableLine(`${window.from} to ${window.to}: ${kind}`)));
    printLine(printableLine(because));
  }
  if (run === null) return;
  printLine();
  printLine(`the event: ratchet trigger show ${run.event}`);
  if (run.runId !== null) printLine(`the run: ratchet run show ${run.runId}`);
}

/** What became of the run that was asked for; null where none was. */
function runText({ run }: Incident): string | null {
  if (run === null) return null;
  if (run.runId !== null) return run.runId;
  return run.rule === null ? 'asked for' : `none, by ${run.rule}: ${run.reason}`;
}
