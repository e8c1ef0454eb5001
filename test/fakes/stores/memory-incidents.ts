import { readCursor, writeCursor } from '../../../db/page-cursor.js';
import { pageLimit } from '../../../db/page-limit.js';
import { RatchetError } from '../../../domain/errors/ratchet-error.js';
import type { IncidentRecord, WatchStore } from '../../../domain/ports/watches.js';
import { endpointKey } from './memory-endpoints.js';
import { now } from './memory-state.js';

type Incidents = Pick<WatchStore, 'openIncidents' | 'incident' | 'incidents' | 'acknowledge' | 'close'>;

const order = 'incidents, newest';
const at = '2024-05-01T00:00:00.000Z';

export function createMemoryIncidents(): Incidents & {
  readonly putAll: (incidents: readonly IncidentRecord[]) => void;
} {
  let rows: readonly IncidentRecord[] = [];
  const require = (id: string) => {
    const found = rows.find((row) => row.id === id);
    if (found) return found;
    throw new RatchetError('NOT_FOUND', `there is no incident "${id}"`);
  };
  const change = (id: string, set: Partial<IncidentRecord>) => {
    const known = require(id);
    if (known.closedAt !== null) throw new RatchetError('CONFLICT', `incident "${id}" is closed`);
    const changed = { ...known, ...set };
    rows = rows.map((row) => (row.id === id ? changed : row));
    return changed;
  };
  return {
    putAll(incidents) {
      const put = incidents.reduce(putOne, rows);
      rows = put;
    },
    openIncidents: async (name) =>
      rows.filter((row) => endpointKey(row) === endpointKey(name) && row.closedAt === null),
    incident: async (id) => require(id),
    async incidents({ projects, endpoint, isOpen, limit, after }) {
      const size = pageLimit(limit, 'incidents');
      const from = after === undefined ? 0 : Number(readCursor(after, order).id);
      const found = rows
        .toReversed()
        .filter((row) => projects === undefined || projects.includes(row.project))
        .filter((row) => endpoint === undefined || row.endpoint === endpoint)
        .filter((row) => isOpen === undefined || (row.closedAt === null) === isOpen);
      const next =
        found.length > from + size
          ? writeCursor({ order, part: 'newest', at, id: String(from + size) })
          : null;
      return { incidents: found.slice(from, from + size), next };
    },
    acknowledge: async (id, by) => change(id, { acknowledgedBy: by }),
    close: async (id, by, because) => change(id, { closedAt: now(), closedBy: by, closedBecause: because }),
  };
}

function putOne(rows: readonly IncidentRecord[], incident: IncidentRecord): readonly IncidentRecord[] {
  const known = rows.find(({ id }) => id === incident.id);
  if (known?.closedAt === null) return rows.map((row) => (row.id === incident.id ? incident : row));
  const isTaken = rows.some(
    (row) =>
      endpointKey(row) === endpointKey(incident) && row.cause === incident.cause && row.closedAt === null,
  );
  if (known || isTaken) throw new RatchetError('CONFLICT', `incident "${incident.id}" is closed`);
  return [...rows, incident];
}
