import { ApplicationFailure, proxyActivities } from '@temporalio/workflow';
import type { EngineActivities, EngineVerb } from '../activities/engine/engine-activities.js';
import { queues } from '../domain/names.js';
import { failureOf } from './failure.js';
import { servingOptions } from './options.js';

export interface EngineQuestion {
  readonly verb: EngineVerb;
  /** What the verb is given; null for one that is given nothing. */
  readonly asked: unknown;
}

type Verbs = Readonly<Record<EngineVerb, (asked: unknown) => Promise<unknown>>>;

const agentOptions = { ...servingOptions, taskQueue: queues.engine };
/** Whoever asked tries again; a story that goes on without them would do it behind their back. */
const once = { maximumAttempts: 1 };

const works = proxyActivities<EngineActivities>({
  ...agentOptions,
  scheduleToStartTimeout: '10 minutes',
  retry: once,
}) as unknown as Verbs;

/** Somebody waits for the answer, and may ask again. */
const looks = proxyActivities<EngineActivities>({
  ...agentOptions,
  scheduleToStartTimeout: '4 seconds',
  startToCloseTimeout: '10 seconds',
  retry: once,
}) as unknown as Verbs;

const isLook: Readonly<Partial<Record<EngineVerb, true>>> = {
  observeContainers: true,
  listContainers: true,
  containerLogs: true,
  observeService: true,
  listServices: true,
  serviceLogs: true,
};

/** One request to the engine agent, by whoever may not hold its socket. */
export async function askEngine({ verb, asked }: EngineQuestion): Promise<unknown> {
  try {
    return await (isLook[verb] ? looks : works)[verb](asked);
  } catch (error) {
    const { noCapacity, cancelled, code } = failureOf(error);
    if (cancelled || code !== null) throw error;
    const why = noCapacity ? 'no engine agent takes it up' : 'the engine agent does not answer in time';
    throw ApplicationFailure.nonRetryable(`${verb} is not done: ${why}`, 'PART_UNAVAILABLE');
  }
}
