import { createHash } from 'node:crypto';
import type { ToldEvidence } from '../../domain/monitoring/evidence-of.js';
import { incidentRecords } from '../../domain/monitoring/incidents/incident-records.js';
import { nextIncidents } from '../../domain/monitoring/incidents/next-incidents.js';
import { observeWindow } from '../../domain/monitoring/observe-window.js';
import { qualityConditions } from '../../domain/monitoring/quality-conditions.js';
import { toldByWindows } from '../../domain/monitoring/told-by-windows.js';
import type { WindowEvidence } from '../../domain/monitoring/window-evidence.js';
import { summarise, type WindowSummary } from '../../domain/monitoring/window-verdicts.js';
import type { NewTriggerEvent } from '../../domain/ports/trigger-events.js';
import type { IncidentRecord } from '../../domain/ports/watches.js';
import { answeringVersion } from './answering-version.js';
import type { WatchDeps } from './deps.js';
import { judgeWindow, type WindowJob } from './judge-window.js';

/** Persistence looks no further back. */
const mostWindows = 50;

/**
 * Judges one window and keeps it with what follows: incidents that open, go on and close, and the event that asks for a
 * run. That event is written first, under the id that its incident will have: of a step that is repeated there is one.
 */
export async function concludeWindow(
  deps: WatchDeps,
  asked: Omit<WindowJob, 'version'>,
  signal: AbortSignal,
): Promise<{ readonly wakesLine: boolean }> {
  const { project, endpoint, line, window, watch } = asked;
  const name = { project, endpoint };
  const { version, rows: answered } = await answeringVersion(deps, name, window);
  const job = { ...asked, version };
  const evidence = await judgeWindow(deps, job, signal);
  const summary = withTraffic(summarise(evidence), answered);
  const told = await toldWith(deps, job, summary);
  const open = await deps.watches.openIncidents(name);
  const { model, version: modelVersion } = version.record;
  const observed = observeWindow(evidence, told, {
    open: open.map(({ cause }) => cause),
    version: modelVersion,
  });
  const changes = nextIncidents(open, observed, { at: window.to, quietWindows: watch.quietWindows });
  const incidents = incidentRecords(changes, {
    ...{ ...name, model, modelVersion, told, open, at: window.to },
    isCalibrated: isCalibrated(evidence),
    idOf: ({ cause }) => incidentId([project, endpoint, cause, line, window.from]),
  });
  const asking = incidents.filter(({ asksNow }) => asksNow).map(({ record }) => eventOf(record));
  if (asking.length > 0) await deps.triggers.record(asking);
  await deps.watches.keep(
    {
      ...{ ...name, ...window, line, model, modelVersion, rows: evidence.rows, ...summary },
      evidence: await deps.blobs.putJson(evidence),
      judgedAt: deps.now(),
    },
    incidents.map(({ record }) => record),
  );
  return { wakesLine: asking.length > 0 || changes.closed.length > 0 };
}

/** A window looks at so many rows at most, and its version did not answer all of them. */
function withTraffic({ numbers, ...summary }: WindowSummary, rows: number): WindowSummary {
  return { ...summary, numbers: { ...numbers, 'traffic:rows': rows } };
}

/** The last windows of the version on both lines, this one as the newest of its own. */
async function toldWith(
  { watches }: Pick<WatchDeps, 'watches'>,
  { project, endpoint, line, window, watch, version }: WindowJob,
  summary: WindowSummary,
): Promise<ToldEvidence> {
  const name = { project, endpoint };
  const asked = { limit: mostWindows, modelVersion: version.record.version };
  const [inputs, truth] = await Promise.all(
    (['inputs', 'truth'] as const).map(async (of) => {
      const kept = await watches.windows(name, of, of === line ? { ...asked, before: window.from } : asked);
      const before = kept.toReversed();
      return of === line ? [...before, { ...window, verdicts: summary.verdicts }] : before;
    }),
  );
  const conditions = qualityConditions(watch.conditions, version.config.evaluation.task);
  return toldByWindows({ inputs: inputs ?? [], truth: truth ?? [] }, { drift: watch.drift, conditions });
}

/** Of a window of truth only the shares of outcomes have a learned limit; a loss needs none. */
function isCalibrated(evidence: WindowEvidence): boolean {
  if (evidence.line === 'truth') return evidence.outcomes?.isCalibrated ?? true;
  return evidence.columns.every((column) => column.isCalibrated);
}

function incidentId(parts: readonly string[]): string {
  return `inc-${createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 20)}`;
}

function eventOf({ id, project, endpoint, model, kind, sights, openedAt }: IncidentRecord): NewTriggerEvent {
  const newest = sights.at(-1);
  const facts = {
    kind: 'monitoring',
    alarm: id,
    rule: `${kind}: ${newest?.because ?? ''}`.slice(0, 500),
  } as const;
  return {
    ...{ project, model, kind: 'monitoring', key: `incident:${id}`, by: null },
    at: newest?.window.to ?? openedAt,
    facts: { ...facts, value: null, limit: null, endpoint },
  };
}
