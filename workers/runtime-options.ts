import { makeTelemetryFilterString, type RuntimeOptions } from '@temporalio/worker';
import type { Logger } from 'pino';
import type { Config } from '../temporal.config.js';

/** Logs as JSON, metrics of the SDK on a port of their own, a heartbeat often enough to tell a dead worker from a busy one. */
export function runtimeOptions(config: Pick<Config, 'metrics'>, log: Logger): RuntimeOptions {
  const { host, temporalPort } = config.metrics;
  const write = (level: 'trace' | 'debug' | 'info' | 'warn' | 'error') => (message: string, meta?: object) =>
    log[level](meta ?? {}, message);
  return {
    workerHeartbeatInterval: '5s',
    logger: {
      log: (level, message, meta) => log[levels[level]](meta ?? {}, message),
      trace: write('trace'),
      debug: write('debug'),
      info: write('info'),
      warn: write('warn'),
      error: write('error'),
    },
    telemetryOptions: {
      logging: { forward: {}, filter: makeTelemetryFilterString({ core: 'WARN', other: 'ERROR' }) },
      ...(temporalPort === 0
        ? {}
        : {
            metrics: { prometheus: { bindAddress: `${host}:${temporalPort}`, useSecondsForDurations: true } },
          }),
    },
  };
}

const levels = { TRACE: 'trace', DEBUG: 'debug', INFO: 'info', WARN: 'warn', ERROR: 'error' } as const;
