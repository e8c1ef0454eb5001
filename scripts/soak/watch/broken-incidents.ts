import type { IncidentRecord } from '../../../domain/ports/watches.js';
import type { TriggerEvent } from '../../../domain/triggers/trigger-event.js';
import { type AutomaticRun, automaticRuns } from './automatic-runs.js';
import type { OpenPlace } from './place.js';
import { type Episode, episodeKinds, type WatchPlan } from './plan.js';
import { dayAt, dayMs } from './planned-days.js';
import type { PlayedSeed } from './violations.js';
import { coolDownDays } from './watched-endpoint.js';

/** Until two windows have seen it, its truth is in, and somebody looks. */
const latestDays = 9;
/** Until its truth is over too, and two windows were quiet. */
const closingDays = 12;

/** Each episode is one incident of its kind and asks for at most one run, and runs keep their distance. */
export async function brokenIncidents(
  place: OpenPlace,
  { plan, name }: Pick<PlayedSeed, 'plan' | 'name'>,
): Promise<string[]> {
  const { project } = name;
  const { watches, triggers } = place.stores;
  const found = (await watches.incidents({ projects: [project], limit: 200 })).incidents;
  const incidents = found.toSorted((a, b) => Date.parse(a.openedAt) - Date.parse(b.openedAt));
  const { events } = await triggers.list({ project, limit: 200 });
  return [
    ...unexpected(plan, incidents),
    ...brokenEvents(incidents, events),
    ...brokenRuns(events, await automaticRuns(place, project)),
  ];
}

function unexpected({ episodes, days }: WatchPlan, incidents: readonly IncidentRecord[]): string[] {
  const wanted = episodes.map(({ kind }) => episodeKinds[kind].incident).join(', ') || 'none';
  const told = incidents.map(({ kind }) => kind).join(', ') || 'none';
  if (wanted !== told)
    return [`the incidents are ${told}, and should be ${wanted}: ${incidents.map(words).join('; ')}`];
  return episodes.flatMap((episode, at) => {
    const incident = incidents[at];
    return incident === undefined ? [] : wrongIncident(episode, incident, days);
  });
}

function wrongIncident({ kind, from, to }: Episode, incident: IncidentRecord, days: number): string[] {
  const { cause, asksForRun } = episodeKinds[kind];
  const { openedAt, closedAt } = incident;
  const isInTime = openedAt > dayAt(from) && openedAt <= dayAt(from + latestDays);
  const isOver = to + closingDays <= days;
  const claims: readonly (readonly [boolean, string])[] = [
    [incident.cause === cause, `has the cause ${incident.cause}, and not ${cause}`],
    [incident.asksForRun === asksForRun, asksForRun ? 'asked for no run' : 'asked for a run'],
    [isInTime, `opened at ${openedAt}, and not soon after ${dayAt(from)}`],
    [!isOver || closedAt !== null, `never closed, though what it saw ended at ${dayAt(to)}`],
  ];
  return claims.flatMap(([holds, text]) => (holds ? [] : [`the incident of ${words(incident)} ${text}`]));
}

const words = ({ kind, openedAt, closedAt, sights }: IncidentRecord) =>
  `${kind} (${openedAt} to ${closedAt}, ${sights.length} sights, the first: ${sights[0]?.because})`;

/** Who asks has an event, and nobody else. */
function brokenEvents(incidents: readonly IncidentRecord[], events: readonly TriggerEvent[]): string[] {
  const asked = incidents.filter(({ asksForRun }) => asksForRun).map(({ id }) => `incident:${id}`);
  const keys = events.map(({ key }) => key);
  return [
    ...asked.filter((key) => !keys.includes(key)).map((key) => `${key} asked for a run without an event`),
    ...keys
      .filter((key) => !asked.includes(key))
      .map((key) => `there is an event ${key} that no incident asked for`),
    ...events.filter(({ outcome }) => outcome === null).map(({ key }) => `${key} was never settled`),
  ];
}

/** An event starts one run, or is one of several causes of it; and after a run there is none until its cool-down is over. */
function brokenRuns(events: readonly TriggerEvent[], runs: readonly AutomaticRun[]): string[] {
  const started = events.filter(({ outcome }) => outcome?.kind === 'started');
  const early = runs.filter(({ clockAt }, at) => {
    const before = runs[at - 1];
    return before && Date.parse(clockAt) < Date.parse(before.clockAt) + coolDownDays * dayMs;
  });
  return [
    ...(started.length === runs.length ? [] : [`${started.length} events started ${runs.length} runs`]),
    ...early.map(({ id }) => `run ${id} began in the cool-down of the one before`),
  ];
}
