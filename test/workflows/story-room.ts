import { Client } from '@temporalio/client';
import proto from '@temporalio/proto';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { Worker } from '@temporalio/worker';
import { queues, searchAttributes } from '../../domain/names.js';
import { ensureTools } from '../../stack/toolchain.js';
import { workflowBundle } from '../setup/workflow-bundle.js';
import { type Activities, type ActivityName, wellDone } from './fake-activities.js';
import { installQuietRuntime } from './quiet-runtime.js';

/** What an activity was called with. */
interface Call {
  readonly name: ActivityName;
  readonly input: unknown;
}

/** Stories on a server that skips time, with activities that a test chooses. No worker has an accelerator. */
export interface StoryRoom {
  readonly env: TestWorkflowEnvironment;
  /** Waits without skipping time: for use inside of activities. */
  readonly plainClient: Client;
  /** Calls since `use`, in order. */
  readonly calls: Call[];
  /** From now on these activities act so, and all others do well. */
  use(fakes: Partial<Activities>): void;
  /** Names of the calls since `use`. */
  called(): ActivityName[];
  /** What the first call of an activity was given. */
  given(name: ActivityName): unknown;
  close(): Promise<void>;
}

/** Temporal's test server, which skips time while somebody waits for a result. */
export async function openTimeSkipping(): Promise<TestWorkflowEnvironment> {
  const { 'temporal-test-server': path } = await ensureTools(['temporal-test-server'], () => undefined);
  return TestWorkflowEnvironment.createTimeSkipping({
    server: { executable: { type: 'existing-path', path } },
  });
}

/** Children of a story have the search attributes that the orchestrator registers. This server does not list them. */
async function makeKnown({ connection, namespace }: TestWorkflowEnvironment): Promise<void> {
  const { INDEXED_VALUE_TYPE_KEYWORD: keyword } = proto.temporal.api.enums.v1.IndexedValueType;
  await connection.operatorService.addSearchAttributes({
    namespace: namespace ?? 'default',
    searchAttributes: Object.fromEntries(Object.values(searchAttributes).map((name) => [name, keyword])),
  });
}

export async function openStoryRoom(options: { readonly maxCachedWorkflows: number }): Promise<StoryRoom> {
  installQuietRuntime();
  const env = await openTimeSkipping();
  await makeKnown(env);
  const calls: Call[] = [];
  let current: Activities = wellDone;
  const named = Object.keys(wellDone) as ActivityName[];
  const activities = Object.fromEntries(
    named.map((name) => [
      name,
      (input: never) => {
        calls.push({ name, input });
        return current[name](input);
      },
    ]),
  );
  const shared = { connection: env.nativeConnection, activities, maxHeartbeatThrottleInterval: 20 };
  const workers = [
    await Worker.create({
      ...shared,
      taskQueue: queues.orchestrator,
      workflowBundle: await workflowBundle(),
      workflowFailureErrorTypes: { '*': ['NondeterminismError'] },
      ...options,
    }),
    await Worker.create({ ...shared, taskQueue: queues.cpu }),
    await Worker.create({ ...shared, taskQueue: queues.serving }),
    await Worker.create({ ...shared, taskQueue: queues.engine }),
  ];
  const running = Promise.all(workers.map((worker) => worker.run()));
  return {
    env,
    plainClient: new Client({ connection: env.connection, namespace: env.namespace ?? 'default' }),
    calls,
    use: (fakes) => {
      current = { ...wellDone, ...fakes };
      calls.length = 0;
    },
    called: () => calls.map(({ name }) => name),
    given: (name) => calls.find((call) => call.name === name)?.input,
    async close() {
      for (const worker of workers) worker.shutdown();
      await running;
      await env.teardown();
    },
  };
}
