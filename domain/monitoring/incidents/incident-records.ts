import type { IncidentRecord } from '../../ports/watches.js';
import { decideRetraining } from '../classify.js';
import type { ToldEvidence } from '../evidence-of.js';
import { incidentCourses } from '../incident-kinds.js';
import type { Incident } from './incident.js';
import type { IncidentChanges } from './next-incidents.js';

/** What a window changes about incidents, as it is kept. */
export interface ChangedIncident {
  readonly record: IncidentRecord;
  /** Whether it asks for a run with this window. */
  readonly asksNow: boolean;
}

interface ChangedBy {
  readonly project: string;
  readonly endpoint: string;
  readonly model: string;
  readonly modelVersion: number;
  readonly told: ToldEvidence;
  /** As they were before the window. */
  readonly open: readonly IncidentRecord[];
  readonly isCalibrated: boolean;
  /** Gives an incident that opens its id: the same for the same cause and window. */
  readonly idOf: (incident: Incident) => string;
  readonly at: string;
}

/** Incidents that opened, went on and closed, each with what follows from it. */
export function incidentRecords(changes: IncidentChanges, by: ChangedBy): ChangedIncident[] {
  const endings = new Map(changes.closed.map(({ cause, closedBecause }) => [cause, closedBecause]));
  const stays = [...changes.opened, ...changes.updated];
  const others = by.open.filter(
    ({ cause }) => ![...stays, ...changes.closed].some((one) => one.cause === cause),
  );
  const blocking = [...stays, ...others].find(({ kind }) => incidentCourses[kind].blocksRetraining);
  return [...stays, ...changes.closed].map((incident) => {
    const before = by.open.find(({ cause }) => cause === incident.cause);
    const closedBecause = endings.get(incident.cause) ?? null;
    const decision =
      closedBecause !== null
        ? null
        : decideRetraining(
            { kind: incident.kind, because: incident.sights.at(-1)?.because ?? '' },
            by.told.evidence,
            { isCalibrated: by.isCalibrated, blockedBy: blocking?.kind ?? null },
          );
    const asked = before?.asksForRun ?? false;
    const asksNow = decision?.starts === true && !asked;
    const course = asked || decision === null ? (before?.course ?? '') : decision.reason;
    return {
      asksNow,
      record: recordOf(incident, before, { ...by, course, asksForRun: asked || asksNow, closedBecause }),
    };
  });
}

function recordOf(
  incident: Incident,
  before: IncidentRecord | undefined,
  now: ChangedBy & {
    readonly course: string;
    readonly asksForRun: boolean;
    readonly closedBecause: string | null;
  },
): IncidentRecord {
  const { project, endpoint, model, modelVersion, course, asksForRun, closedBecause } = now;
  return {
    id: before?.id ?? now.idOf(incident),
    project,
    endpoint,
    model: before?.model ?? model,
    modelVersion: before?.modelVersion ?? modelVersion,
    acknowledgedBy: before?.acknowledgedBy ?? null,
    cause: incident.cause,
    kind: incident.kind,
    openedAt: incident.openedAt,
    sights: incident.sights,
    quietWindows: incident.quietWindows,
    course,
    asksForRun,
    closedAt: closedBecause === null ? null : now.at,
    closedBy: null,
    closedBecause,
  };
}
