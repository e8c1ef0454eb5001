import type { TrainingConfig } from '../../domain/config/model.js';
import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { LaunchResult } from '../../domain/ports/launcher.js';

/** A training that something kills from outside so often is not started again. */
const mostKills = 5;

type Limits = TrainingConfig['limits'];

const limitTexts: Readonly<
  Record<Exclude<NonNullable<LaunchResult['limit']>, 'wall'>, (limits: Limits) => string>
> = {
  memory: (limits) => `more memory than ${limits.memoryMiB} MiB`,
  disk: (limits) => `more disk than ${limits.diskMiB} MiB`,
  processes: (limits) => `more processes than ${limits.processes}`,
  output: (limits) => `more log output than ${limits.outputMiB} MiB`,
};

/** What an ended training command means: undefined for success, else the error that says why. `kills` counts this one. */
export function trainingOutcome(
  result: LaunchResult,
  limits: Limits,
  kills: number,
): RatchetError | undefined {
  const details = {
    tail: result.tail,
    exitCode: result.exitCode,
    signal: result.signal,
    limit: result.limit,
    wallMs: result.wallMs,
    peakMemoryBytes: result.peakMemoryBytes,
  };
  if (result.limit === 'wall') {
    return new RatchetError(
      'TRAINING_TIMEOUT',
      `the training command ran longer than ${limits.minutes} minutes and was ended`,
      details,
    );
  }
  if (result.limit !== null) {
    return new RatchetError(
      'TRAINING_LIMIT',
      `the training command used ${limitTexts[result.limit](limits)} and was ended`,
      details,
    );
  }
  if (result.exitCode === 0) return undefined;
  if (result.signal === 'SIGKILL' && kills < mostKills) {
    return new RatchetError(
      'TRAINING_KILLED',
      'something outside of Ratchet killed the training command; it is started again from its last checkpoint',
      details,
    );
  }
  const how =
    result.signal === null ? `ended with exit code ${result.exitCode}` : `was ended by ${result.signal}`;
  const words = lastWords(result.tail);
  return new RatchetError(
    'TRAINING_FAILED',
    `the training command ${how}${words ? `: ${words}` : ', without a word on its standard error'}`,
    details,
  );
}

const reasonCharacters = 500;

/** The last line says what happened; the lines before it, how it came there, stand in the log. */
function lastWords(tail: string): string {
  return (tail.trim().split('\n').at(-1) ?? '').trim().slice(0, reasonCharacters);
}
