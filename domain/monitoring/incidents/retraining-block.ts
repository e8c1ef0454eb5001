import type { IncidentFilter, IncidentRecord } from '../../ports/watches.js';
import { incidentCourses } from '../incident-kinds.js';

/** As many open incidents of a project are looked through; there is one a cause. */
const mostOpen = 200;

/** Which incidents are asked for to know what blocks the models of a project. */
export function openIncidentsOf(project: string): IncidentFilter {
  return { projects: [project], isOpen: true, limit: mostOpen };
}

/**
 * The incident that keeps automatic runs of a model from starting, the oldest where there are several: what would be
 * learned from data that is wrong is wrong. Null where there is none.
 */
export function retrainingBlock(
  open: readonly IncidentRecord[],
  model: string,
): Pick<IncidentRecord, 'id' | 'kind' | 'endpoint'> | null {
  const blocking = open.filter(
    (incident) =>
      incident.closedAt === null &&
      incident.model === model &&
      incidentCourses[incident.kind].blocksRetraining,
  );
  return blocking.toSorted((a, b) => (a.openedAt < b.openedAt ? -1 : 1))[0] ?? null;
}
