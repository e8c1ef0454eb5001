import { noticeOfIncident } from '../../domain/notices/incident-notice.js';
import type { AccountStore } from '../../domain/ports/accounts.js';
import type { EndpointName } from '../../domain/ports/deployment-target.js';
import type { ModelLineStore } from '../../domain/ports/model-lines.js';
import type { Notice } from '../../domain/ports/outbox.js';
import type { WatchStore } from '../../domain/ports/watches.js';
import { withHeartbeats } from '../steps/heartbeats.js';

export interface IncidentNoticeDeps {
  readonly accounts: Pick<AccountStore, 'members'>;
  readonly lines: Pick<ModelLineStore, 'list'>;
  readonly watches: Pick<WatchStore, 'incidents' | 'silences'>;
  /** Tells people where their project says, once a notice. */
  readonly tell: (notice: Notice) => Promise<void>;
}

/** Between two looks there are never as many. */
const mostNew = 20;

/** Who can act is told of the newest incidents of an endpoint, once of each thing; a silence tells nobody. */
export async function tellOfIncidents(deps: IncidentNoticeDeps, name: EndpointName): Promise<void> {
  const { project, endpoint } = name;
  const [{ incidents }, silences, members, lines] = await Promise.all([
    deps.watches.incidents({ projects: [project], endpoint, limit: mostNew }),
    deps.watches.silences(name, new Date().toISOString()),
    deps.accounts.members(project),
    deps.lines.list(project),
  ]);
  for (const incident of incidents) {
    if (silences.some(({ kind }) => kind === null || kind === incident.kind)) continue;
    const owner = lines.find(({ model }) => model === incident.model)?.owner ?? null;
    await deps.tell(noticeOfIncident({ incident, owner, members }));
  }
}

/** What the orchestrator does about incidents. */
export function createIncidentActivities(deps: IncidentNoticeDeps) {
  return {
    async tellOfIncidents({ project, endpoint }: EndpointName): Promise<void> {
      await withHeartbeats(() => tellOfIncidents(deps, { project, endpoint }));
    },
  };
}
export type IncidentActivities = ReturnType<typeof createIncidentActivities>;
