import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf } from '../../../domain/errors/ratchet-error.js';
import type { ReleaseRecord } from '../../../domain/ports/releases.js';
import { strikePart } from '../chaos/strike.js';
import { until } from '../chaos/until.js';
import { moments, planOf, type ReleaseKill } from './plan.js';
import type { ReleaseStack } from './release-stack.js';
import type { ServingProject } from './serving-project.js';
import { violationsOf } from './violations.js';

/** What came of one seed. */
export interface PlayedRelease {
  readonly seed: number;
  readonly seconds: number;
  /** What was killed and when, in words. */
  readonly kills: readonly string[];
  readonly ending: string;
  readonly violations: readonly string[];
}

export const endpoint = 'web';
/** Twice the heartbeat that is missed, and what comes after. */
const patienceMs = 240_000;

/** Ships a change of the serving code, kills processes while its steps run, and says which promises do not hold. */
export async function playRelease(
  seed: number,
  stack: ReleaseStack,
  shipped: ServingProject,
): Promise<PlayedRelease> {
  const since = performance.now();
  const plan = planOf(seed);
  const { project } = shipped;
  const kills: string[] = [];
  const known = new Set((await stack.stores.releases.list({ project, endpoint })).map(({ id }) => id));
  const problems: string[] = [];
  let release: ReleaseRecord | undefined;
  try {
    await shipped.ship(plan.threshold);
    const { id } = await until('a release begins', patienceMs, async () =>
      (await stack.stores.releases.list({ project, endpoint })).find((one) => !known.has(one.id)),
    );
    for (const kill of plan.kills) kills.push(await killAt(stack, id, kill));
    release = await until('the release ends', patienceMs, async () => {
      const found = await stack.stores.releases.get(id);
      return found.endedAt === null ? undefined : found;
    });
  } catch (error) {
    problems.push(messageOf(error));
  }
  return {
    seed,
    seconds: (performance.now() - since) / 1000,
    kills,
    ending: `${release?.id}: ${release?.status} (${release?.reason})`,
    violations: [
      ...problems,
      ...(release === undefined ? [] : await violationsOf(stack, release, plan.threshold)),
    ],
  };
}

async function killAt(
  stack: ReleaseStack,
  releaseId: string,
  { victim, moment, delayMs }: ReleaseKill,
): Promise<string> {
  await until(`the release comes to ${moment}`, patienceMs, () => isReached(stack, releaseId, moment));
  await sleep(delayMs);
  const struck = await strikePart(stack, victim);
  const steps = await until('its steps are read', patienceMs, () => stack.stores.releases.steps(releaseId));
  const running = steps.filter(({ status }) => status === 'running').map(({ name }) => name);
  await struck.back();
  return `${victim} (${struck.pid}), ${delayMs} ms into ${moment}, in ${running.join(' and ') || 'between steps'}`;
}

/** Undefined before a release is in a step or past it; true also where it is over. */
async function isReached(
  { stores }: ReleaseStack,
  releaseId: string,
  moment: ReleaseKill['moment'],
): Promise<true | undefined> {
  if ((await stores.releases.get(releaseId)).endedAt !== null) return true;
  const begun = (await stores.releases.steps(releaseId)).map(({ name }) => name as ReleaseKill['moment']);
  return begun.some((name) => moments.indexOf(name) >= moments.indexOf(moment)) || undefined;
}
