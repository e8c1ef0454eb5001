import { type IncidentRoute, incidentCourses } from '../monitoring/incident-kinds.js';
import type { MemberRecord } from '../ports/accounts.js';
import type { Notice } from '../ports/outbox.js';
import type { IncidentRecord } from '../ports/watches.js';
import { commands } from './command-words.js';
import { composeNotice } from './compose-notice.js';

export interface ToldIncident {
  readonly incident: IncidentRecord;
  /** Member who owns the model. */
  readonly owner: string | null;
  readonly members: readonly Pick<MemberRecord, 'account' | 'roles'>[];
}

/** Who can act on each route, beside the owner of the model. */
const rolesOf: Readonly<Record<IncidentRoute, readonly string[]>> = {
  'data-engineer': ['data-engineer'],
  'data-scientist': ['data-scientist'],
  retrain: ['data-scientist', 'ml-engineer'],
  record: [],
};

/** What people are told of an incident: that it opened, that it is of another kind by now, that it closed. Each once. */
export function noticeOfIncident({ incident, owner, members }: ToldIncident): Notice {
  const { id, project, endpoint, model, modelVersion, kind, sights, closedAt, closedBecause } = incident;
  const { routes, words, blocksRetraining } = incidentCourses[kind];
  const roles = routes.flatMap((route) => rolesOf[route]);
  const able = members.filter((member) => member.roles.some((role) => roles.includes(role)));
  const newest = sights.at(-1);
  const isOpen = closedAt === null;
  return composeNotice({
    key: `incident:${id}:${isOpen ? kind : 'closed'}`,
    project,
    model,
    kind: isOpen ? 'incident.opened' : 'incident.closed',
    title: `${project}/${endpoint}: ${isOpen ? words : `an incident of ${kind} is closed`}`,
    facts: [
      `kind: ${kind}, of version ${modelVersion}`,
      ...(newest === undefined ? [] : [`because: ${newest.because}`, `seen until: ${newest.window.to}`]),
      isOpen
        ? `retraining: ${blocksRetraining ? 'the watch asks for none while it is open' : incident.course}`
        : `closed: ${closedBecause}`,
    ],
    commands: [`all of it: ${commands.explainIncident(id)}`],
    to: [owner, ...able.map(({ account }) => account)],
    state: isOpen ? 'failure' : 'success',
    at: newest?.window.to ?? incident.openedAt,
  });
}
