import { setTimeout as sleep } from 'node:timers/promises';
import { engineLabels } from '../../../domain/engine/labels.js';
import { mostRounds, usualPace } from '../../../domain/engine/service-spec.js';
import type { WantedRevision } from '../../../domain/ports/deployment-target.js';
import type { Swarm, SwarmService, SwarmTask } from '../../../domain/ports/swarm.js';

const everyMs = 200;
/** For checks that fail one after the other, and for the swarm's own steps. */
const slackMs = 60_000;

/** Longest time that a service may take to have other content. */
const longestMs = ({ health, replicas }: WantedRevision) =>
  Math.min(replicas, mostRounds) * (health.readyWithinMs + health.drainMs + usualPace.watchedMs) + slackMs;

/**
 * Null when the service has a revision, in all replicas and nothing else. Why not: where the swarm went back, where one of
 * a new service's tasks failed, or at the deadline. Rejects with the signal's reason.
 */
export async function waitUntilTaken(
  swarm: Swarm,
  name: string,
  wanted: WantedRevision,
  signal: AbortSignal,
): Promise<string | null> {
  const untilMs = Date.now() + longestMs(wanted);
  for (;;) {
    signal.throwIfAborted();
    const service = await swarm.service(name);
    if (service === null) return 'its service is gone';
    const tasks = await swarm.tasks(name);
    const outcome = outcomeOf(service, tasks, wanted);
    if (outcome !== 'waiting') return outcome === 'taken' ? null : outcome.reason;
    if (Date.now() > untilMs) return `it is not there after ${longestMs(wanted)} ms`;
    await sleep(everyMs);
  }
}

function outcomeOf(
  { change, labels }: SwarmService,
  tasks: readonly SwarmTask[],
  { revision, replicas }: WantedRevision,
): 'waiting' | 'taken' | { readonly reason: string } {
  const isOfIt = (task: SwarmTask) => task.labels[engineLabels.revision] === revision;
  const failed = tasks.find((task) => isOfIt(task) && task.state === 'failed');
  const isGivenUp =
    labels[engineLabels.revision] !== revision ||
    ['going-back', 'gone-back', 'stuck'].includes(change) ||
    (change === 'none' && failed !== undefined);
  if (isGivenUp) return { reason: failed?.reason ?? 'the swarm went back, and says no more' };
  const running = tasks.filter((task) => isOfIt(task) && task.isWanted && task.state === 'running');
  const isAlone = tasks.every((task) => isOfIt(task) || !isAlive(task));
  const isOver = change === 'none' || change === 'done';
  return isOver && isAlone && running.length === replicas ? 'taken' : 'waiting';
}

const isAlive = ({ state }: SwarmTask) => state === 'running' || state === 'starting';

/** When the service has left a revision, or after its longest time: what then is there, is looked at again by others. */
export async function waitUntilLeft(swarm: Swarm, name: string, wanted: WantedRevision): Promise<void> {
  const untilMs = Date.now() + longestMs(wanted);
  const isThere = async () => {
    const service = await swarm.service(name);
    const tasks = await swarm.tasks(name);
    const lives = tasks.some(
      (task) => task.labels[engineLabels.revision] === wanted.revision && isAlive(task),
    );
    return lives || service?.change === 'going-back';
  };
  while ((await isThere()) && Date.now() < untilMs) await sleep(everyMs);
}
