import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf } from '../../../domain/errors/ratchet-error.js';
import type { ReleaseRecord } from '../../../domain/ports/releases.js';
import type { ChaosStack } from '../chaos/chaos-stack.js';
import { strikePart } from '../chaos/strike.js';
import { until } from '../chaos/until.js';
import { type Asking, askAllTheWhile } from './asking.js';
import { moments, type PlannedRelease, planOf } from './plan.js';
import { createServedProject, type ServedProject } from './project.js';
import { releaseCommit } from './release-commit.js';
import { strikeHost } from './strike-host.js';
import { violationsOf } from './violations.js';

/** What came of one seed. */
export interface PlayedEndpoint {
  readonly seed: number;
  readonly seconds: number;
  /** What was released and killed, in words. */
  readonly releases: readonly string[];
  readonly answers: number;
  /** Requests that were not answered while what answers was killed. */
  readonly unanswered: number;
  readonly violations: readonly string[];
}

/** One release under fire, as it ended. */
export interface Struck extends PlannedRelease {
  readonly release: ReleaseRecord;
  readonly word: string;
  /** From the kill until it was answered again. */
  readonly fromMs: number;
  readonly toMs: number;
}

const patienceMs = 150_000;

/** Ships changes of serving code while processes are killed, asks all the while, and says which promises do not hold. */
export async function playEndpoint(seed: number, chaos: ChaosStack): Promise<PlayedEndpoint> {
  const since = performance.now();
  const served = await createServedProject(chaos, `endpoint-${seed}`);
  const asking = askAllTheWhile(served.first.at.http);
  const struck: Struck[] = [];
  const problems: string[] = [];
  try {
    for (const [at, planned] of planOf(seed).entries())
      struck.push(await underFire(chaos, { served, asking, word: `word-${at + 1}` }, planned));
  } catch (error) {
    problems.push(messageOf(error));
  }
  await asking.stop();
  return {
    seed,
    seconds: (performance.now() - since) / 1000,
    releases: struck.map(inWords),
    answers: asking.answers.size,
    unanswered: asking.failures.length,
    violations: [...problems, ...(await violationsOf(chaos, { served, asking, struck }))],
  };
}

const inWords = ({ victim, moment, delayMs, release, fromMs, toMs }: Struck) =>
  `${victim}, ${delayMs} ms into ${moment}: release ${release.id} ${release.status} (${release.reason}), ` +
  `answered again after ${((toMs - fromMs) / 1000).toFixed(1)} s`;

interface Scene {
  readonly served: ServedProject;
  readonly asking: Asking;
  readonly word: string;
}

async function underFire(
  chaos: ChaosStack,
  { served, asking, word }: Scene,
  planned: PlannedRelease,
): Promise<Struck> {
  const { moment, victim, delayMs } = planned;
  const commit = await served.change(word);
  const id = await releaseCommit(chaos, served, commit);
  await until(`a release comes to ${moment}`, patienceMs, async () => {
    const steps = await chaos.stores.releases.steps(id);
    return steps.some(({ name }) => moments.indexOf(name as never) >= moments.indexOf(moment)) || undefined;
  });
  await sleep(delayMs);
  const fromMs = performance.now();
  const back = await strike(chaos, victim);
  await back();
  const toMs = await answersAgain(asking);
  const release = await until(`release ${id} ends`, patienceMs, async () => {
    const found = await chaos.stores.releases.get(id);
    return found.endedAt === null ? undefined : found;
  });
  return { ...planned, release, word, fromMs, toMs };
}

async function strike(chaos: ChaosStack, victim: PlannedRelease['victim']): Promise<() => Promise<void>> {
  if (victim !== 'host') return (await strikePart(chaos, victim)).back;
  await until('a host is there', patienceMs, () => strikeHost(chaos));
  return () => Promise.resolve();
}

async function answersAgain({ word }: Asking): Promise<number> {
  await until('the endpoint answers again', patienceMs, () => word().catch(() => undefined));
  return performance.now();
}
