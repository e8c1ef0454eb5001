import { type IncidentKind, incidentCourses } from '../incident-kinds.js';
import type { CauseObservation, Incident, IncidentSight } from './incident.js';

export interface IncidentChanges {
  readonly opened: readonly Incident[];
  readonly updated: readonly Incident[];
  readonly closed: readonly ClosedIncident[];
}

export interface ClosedIncident extends Incident {
  readonly closedBecause: string;
}

/**
 * What a judged window makes of the open incidents of an endpoint: a cause opens one, is seen again in the same one, and
 * closes it after so many quiet windows in a row, or at once where it is over. A window that could not be judged changes
 * nothing.
 *
 * @param open at most one a cause
 * @param quietWindows at least 1
 */
export function nextIncidents(
  open: readonly Incident[],
  observed: readonly CauseObservation[],
  { at, quietWindows }: { readonly at: string; readonly quietWindows: number },
): IncidentChanges {
  const changes = { opened: [] as Incident[], updated: [] as Incident[], closed: [] as ClosedIncident[] };
  const byCause = new Map(open.map((incident) => [incident.cause, incident]));
  for (const observation of observed) {
    const incident = byCause.get(observation.cause);
    if (observation.kind === 'seen') {
      if (incident) changes.updated.push(seenAgain(incident, observation.sight));
      else changes.opened.push(opened(observation.cause, observation.sight, at));
    } else if (incident && observation.kind === 'over') {
      changes.closed.push({ ...incident, closedBecause: observation.because });
    } else if (incident && observation.kind === 'quiet') {
      const quieter = { ...incident, quietWindows: incident.quietWindows + 1 };
      const closedBecause = `${quieter.quietWindows} windows in a row without it`;
      if (quieter.quietWindows >= quietWindows) changes.closed.push({ ...quieter, closedBecause });
      else changes.updated.push(quieter);
    }
  }
  return changes;
}

function opened(cause: string, sight: IncidentSight, at: string): Incident {
  return { cause, kind: sight.kind, openedAt: at, sights: [sight], quietWindows: 0 };
}

function seenAgain(incident: Incident, sight: IncidentSight): Incident {
  const kind = graver(incident.kind, sight.kind);
  return { ...incident, kind, sights: [...incident.sights, sight], quietWindows: 0 };
}

/** An incident that called for somebody goes on doing so until it closes. */
function graver(before: IncidentKind, seen: IncidentKind): IncidentKind {
  const recordsOnly = (kind: IncidentKind) =>
    incidentCourses[kind].routes.every((route) => route === 'record');
  return recordsOnly(seen) && !recordsOnly(before) ? before : seen;
}
