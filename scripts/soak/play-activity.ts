import { ActivityCancellationDetails, ApplicationFailure, CancelledFailure } from '@temporalio/common';
import { MockActivityEnvironment } from '@temporalio/testing';
import { StepInterceptor } from '../../activities/steps/step-interceptor.js';
import { type Activities, createActivities } from './activities.js';
import { type AttemptFaults, chanceAt, createAttemptFaults, WorkerDied } from './faults.js';
import type { World } from './world.js';

/** Somebody's wish that a story stops. */
export interface Cancellation {
  readonly signal: AbortSignal;
}

type Outcome =
  | { readonly kind: 'result'; readonly value: unknown }
  | { readonly kind: 'error'; readonly error: unknown }
  | { readonly kind: 'hangs' };

type Result<N extends keyof Activities> = Awaited<ReturnType<Activities[N]>>;

/** Far more than the faults of a seed can cost. */
const mostAttempts = 60;

const quiet = () => undefined;
const silent = { log: quiet, trace: quiet, debug: quiet, info: quiet, warn: quiet, error: quiet };

/**
 * Runs an activity to its end as Temporal does: attempt after attempt while a retry may help, results through JSON. An
 * attempt whose worker died, or that does not report, is followed by the next; in the second case it goes on late.
 */
export async function playActivity<N extends keyof Activities>(
  world: World,
  name: N,
  place: string,
  input: Parameters<Activities[N]>[0],
  cancellation?: Cancellation,
): Promise<Result<N>> {
  for (let attempt = 1; attempt <= mostAttempts; attempt += 1) {
    if (cancellation?.signal.aborted) throw new CancelledFailure('cancelled');
    const label = `${place} ${name} ${attempt}`;
    const faults = createAttemptFaults(world.seed, { name: label, number: attempt }, world.watch);
    const outcome = await playAttempt(world, { name, attempt, label }, input, faults, cancellation);
    if (outcome.kind === 'result' && !faults.answerIsLost()) return asJson(outcome.value) as Result<N>;
    if (outcome.kind !== 'error' || outcome.error instanceof WorkerDied) continue;
    if (isFinal(outcome.error, cancellation)) throw outcome.error;
  }
  throw new Error(`${place} ${name} has not come to an end in ${mostAttempts} attempts`);
}

async function playAttempt(
  world: World,
  {
    name,
    attempt,
    label,
  }: { readonly name: keyof Activities; readonly attempt: number; readonly label: string },
  input: unknown,
  faults: AttemptFaults,
  cancellation: Cancellation | undefined,
): Promise<Outcome> {
  const { activities, runs } = createActivities(world, faults);
  const env = new MockActivityEnvironment(
    { activityType: name, attempt, currentAttemptScheduledTimestampMs: world.nextMs() },
    {
      // Nothing of a release is played.
      interceptors: [() => ({ inbound: new StepInterceptor({ runs, releases: runs }, `soak/${label}`) })],
      logger: silent,
    },
  );
  const cancel = () => env.cancel('CANCELLED', new ActivityCancellationDetails({ cancelRequested: true }));
  cancellation?.signal.addEventListener('abort', cancel, { once: true });
  const work = env.run(activities[name] as (given: unknown) => Promise<unknown>, input);
  const ended = work.then(
    (value): Outcome => ({ kind: 'result', value }),
    (error: unknown): Outcome => ({ kind: 'error', error: rootOf(error) }),
  );
  const outcome = await Promise.race([ended, faults.hanging.then((): Outcome => ({ kind: 'hangs' }))]);
  cancellation?.signal.removeEventListener('abort', cancel);
  if (outcome.kind === 'hangs') keepLate(world, { env, ended, faults, label });
  return outcome;
}

/** Goes on at some later moment, told or not that nobody waits for it. */
function keepLate(
  world: World,
  {
    env,
    ended,
    faults,
    label,
  }: {
    readonly env: MockActivityEnvironment;
    readonly ended: Promise<Outcome>;
    readonly faults: AttemptFaults;
    readonly label: string;
  },
): void {
  const random = chanceAt(world.seed, `${label} late`);
  const isTold = random() < 0.5;
  const goOn = () => {
    if (isTold) env.cancel('NOT_FOUND', new ActivityCancellationDetails({ notFound: true }));
    faults.release();
  };
  world.releases.add(goOn);
  world.late.add(ended);
  if (random() < 0.6) setTimeout(goOn, random() * 20).unref();
}

/** Our interceptor wraps what a dying worker throws like any defect. */
function rootOf(error: unknown): unknown {
  return error instanceof ApplicationFailure && error.cause instanceof WorkerDied ? error.cause : error;
}

function isFinal(error: unknown, cancellation: Cancellation | undefined): boolean {
  if (error instanceof ApplicationFailure) return error.nonRetryable === true;
  return error instanceof CancelledFailure && cancellation?.signal.aborted === true;
}

function asJson(value: unknown): unknown {
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value));
}
