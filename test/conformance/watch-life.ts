import { monitoringSchema } from '../../domain/config/monitoring.js';
import type { IncidentRecord, JudgedWindow, WatchStore } from '../../domain/ports/watches.js';
import { declaringCommit, moment } from './serving-subject.js';

const blob = { uri: `s3://ratchet/blobs/${'a'.repeat(64)}`, sha256: 'a'.repeat(64), bytes: 10 };

/** All that becomes of a watch, of the endpoint "flights" whose model "delay" has a version 1. */
export async function liveWatch(watches: WatchStore, project: string): Promise<void> {
  const name = { project, endpoint: 'flights' };
  const declare = (every: string) => {
    const config = monitoringSchema.parse({ windows: { every } });
    return watches.declare(project, declaringCommit, [{ endpoint: name.endpoint, config }], 'ann');
  };
  await declare('1 day');
  await declare('7 days');
  const window = (second: number): JudgedWindow => ({
    ...{ ...name, line: 'inputs', from: moment(second), to: moment(second + 1), model: 'delay' },
    ...{ modelVersion: 1, rows: 1, verdict: 'fail', verdicts: {}, numbers: {}, evidence: blob },
    judgedAt: moment(9),
  });
  const incident: IncidentRecord = {
    ...{ ...name, id: `${project}-incident`, cause: 'model', kind: 'covariate-drift', model: 'delay' },
    ...{ modelVersion: 1, openedAt: moment(1), sights: [], quietWindows: 0, asksForRun: false, course: 'x' },
    ...{ acknowledgedBy: null, closedAt: null, closedBy: null, closedBecause: null },
  };
  await watches.keep(window(1), [incident]);
  await watches.keep(window(2), [{ ...incident, kind: 'harmful-drift', asksForRun: true }]);
  await watches.acknowledge(incident.id, 'ann');
  await watches.close(incident.id, 'ann', 'it was mended');
  await watches.silence({ ...name, kind: null, owner: 'ann', reason: 'a fair', until: moment(59) });
}
