import { RatchetError } from '../domain/errors/ratchet-error.js';
import type { HostConnection, HostEnd } from './host-connection.js';
import { type HostReply, type HostRequest, memorySignal } from './messages.js';

/** What a model may use. */
export interface ModelLimits {
  /** Longest time to load, and again for each run with all its batches. */
  readonly deadlineMs: number;
  /** Memory of the process, onnxruntime itself (about 80 MB) included. It is looked at every 50 ms. */
  readonly memoryBytes: number;
}

type Stage = HostRequest['kind'];
type Ask = (request: HostRequest) => Promise<HostReply>;

/** A host process under limits. */
export interface GuardedHost {
  /**
   * One or more questions under one deadline. Errors: `MODEL_LOAD` or `MODEL_RUN` by stage, `MODEL_TIMEOUT`,
   * `MODEL_KILLED`.
   */
  exchange<T>(stage: Stage, talk: (ask: Ask) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export function createGuardedHost(host: HostConnection, limits: ModelLimits): GuardedHost {
  /** Why we ended it; a process that ended by itself has no such reason. */
  let ending: 'deadline' | 'closed' | null = null;

  async function ask(stage: Stage, request: HostRequest): Promise<HostReply> {
    const reply = await host.ask(request);
    if (reply === null) throw endedError(stage, ending, await host.ended, limits);
    if (reply.kind !== 'failed') return reply;
    throw stageError(stage, `${stageWords[stage]}: ${reply.reason}`);
  }

  return {
    exchange: async (stage, talk) => {
      const timer = setTimeout(() => {
        ending ??= 'deadline';
        host.kill();
      }, limits.deadlineMs);
      try {
        return await talk((request) => ask(stage, request));
      } finally {
        clearTimeout(timer);
      }
    },
    close: async () => {
      ending ??= 'closed';
      host.kill();
      await host.ended;
    },
  };
}

const stageWords: Readonly<Record<Stage, string>> = {
  load: 'the model could not be loaded',
  run: 'the model could not answer',
};

function stageError(stage: Stage, message: string): RatchetError {
  return new RatchetError(stage === 'load' ? 'MODEL_LOAD' : 'MODEL_RUN', message);
}

function endedError(
  stage: Stage,
  ending: 'deadline' | 'closed' | null,
  end: HostEnd,
  { deadlineMs, memoryBytes }: ModelLimits,
): RatchetError {
  if (ending === 'deadline') {
    const what = stage === 'load' ? 'load' : 'answer';
    return new RatchetError('MODEL_TIMEOUT', `the model did not ${what} within ${deadlineMs} ms`, {
      deadlineMs,
    });
  }
  if (ending === 'closed') return stageError(stage, `${stageWords[stage]}: it was closed`);
  if (end.signal === memorySignal) {
    const mebibytes = Math.round(memoryBytes / 2 ** 20);
    return stageError(stage, `${stageWords[stage]}: it took more than ${mebibytes} MiB of memory`);
  }
  const text = `${stageWords[stage]}: its process ended with ${end.signal ?? `code ${end.code}`}`;
  // No model sends this signal, and we did not: the file is not judged by it.
  return end.signal === 'SIGKILL' ? new RatchetError('MODEL_KILLED', text) : stageError(stage, text);
}
