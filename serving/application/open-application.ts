import { resolve } from 'node:path';
import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import { type ApplicationDescription, entryFile } from '../../domain/contract/application-description.js';
import { type Config, settings } from '../../temporal.config.js';
import type { TrafficMeter } from '../record/traffic-tallies.js';
import { type ApplicationMetrics, applicationMetrics } from './application-metrics.js';
import { ApplicationRunner } from './application-runner.js';
import { countInFlight } from './in-flight.js';
import { readDescription } from './read-description.js';

/** A serving application that answers. */
export interface OpenApplication {
  readonly description: ApplicationDescription;
  readonly runner: Pick<ApplicationRunner, 'run'>;
  readonly metrics: ApplicationMetrics;
  readonly log: Logger;
  /** Longest time to an answer. */
  readonly timeoutMs: number;
  /** It answers, and is not being stopped. */
  isReady(): boolean;
  /** The same work as part of what `close` waits for. */
  during<A, B>(work: (asked: A) => Promise<B>): (asked: A) => Promise<B>;
  /** Takes nothing new, waits at most `drainMs` for what was begun, and ends the thread. */
  close(drainMs: number): Promise<void>;
}

type Limits = Pick<Config['serving'], 'applicationMemoryMiB' | 'applicationBlockMs' | 'timeoutMs'>;

/** What of the server it is loaded into. */
interface Surroundings {
  readonly registry: Registry;
  readonly meter?: TrafficMeter | undefined;
  readonly log: Logger;
}

/** Loads the built application in `folder`. Errors: `APPLICATION_INVALID`, `APPLICATION_FAILED` where it does not load. */
export async function openApplication(
  folder: string,
  { applicationMemoryMiB, applicationBlockMs, timeoutMs }: Limits,
  { registry, meter, log: serverLog }: Surroundings,
): Promise<OpenApplication> {
  const log = serverLog.child({ part: 'application' });
  const description = await readDescription(folder);
  const metrics = applicationMetrics(registry, description, meter);
  const runner = await ApplicationRunner.open({
    entry: resolve(folder, entryFile),
    memoryMiB: applicationMemoryMiB,
    blockMs: applicationBlockMs,
    timeoutMs,
    env: ownEnvironment(process.env),
    onLine: (line) => log.info({ line }, 'the serving application says'),
    onRestart: (reason) => {
      metrics.restarted();
      log.error({ reason }, 'the serving application is started anew');
    },
  });
  const inFlight = countInFlight();
  return {
    description,
    runner,
    metrics,
    log,
    timeoutMs,
    isReady: () => runner.isReady && !inFlight.isStopping,
    during: inFlight.during,
    close: async (drainMs) => {
      await inFlight.drain(drainMs);
      await runner.close();
    },
  };
}

/** Without what is for the server: addresses and credentials of stores. */
function ownEnvironment(env: NodeJS.ProcessEnv): Record<string, string> {
  const ours = new Set(
    Object.values(settings).flatMap((section) => Object.values(section).map((s) => s.variable)),
  );
  const own = Object.entries(env).filter(([name]) => !ours.has(name) && !/^(RATCHET|AWS)_/.test(name));
  return Object.fromEntries(own.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}
