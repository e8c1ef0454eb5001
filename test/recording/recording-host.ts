import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { nodeArgs } from '../setup/own-program.js';

/** The server of models as a process. */
export interface RecordingHost {
  readonly child: ChildProcess;
  readonly http: string;
  readonly metrics: string;
  /** What it has written to standard error. */
  readonly log: () => string;
  readonly ended: Promise<number | null>;
}

export async function startHost(env: Readonly<Record<string, string>>): Promise<RecordingHost> {
  const ports = { HTTP_PORT: '0', GRPC_PORT: '0' };
  const child = spawn(process.execPath, nodeArgs('serving/main'), {
    env: {
      ...process.env,
      ...Object.fromEntries(Object.entries(ports).map(([name, port]) => [`RATCHET_SERVING_${name}`, port])),
      RATCHET_METRICS_PORT: '0',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let log = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    log += text;
  });
  const ended = once(child, 'close').then(([code]) => code as number | null);
  for await (const line of createInterface(child.stdout)) {
    const { http, metrics } = JSON.parse(line) as { http: string; metrics: string };
    return { child, http, metrics, log: () => log, ended };
  }
  throw new Error(`it ended before it was ready: ${log}`);
}

/** Sends numbers, some at a time, until the server is gone; gives what was answered, by prediction id. */
export async function askUntilGone(
  http: string,
  model: string,
  atOnce: number,
  onAnswer: (answers: number) => void,
): Promise<ReadonlyMap<string, number>> {
  const answers = new Map<string, number>();
  let next = 0;
  const ask = async () => {
    for (;;) {
      const x = next;
      next += 1;
      const inputs = [{ name: 'x', datatype: 'FP32', shape: [1, 1], data: [x] }];
      try {
        const body = JSON.stringify({ inputs });
        const response = await fetch(`${http}/v2/models/${model}/infer`, { method: 'POST', body });
        const told = (await response.json()) as { parameters: { prediction_id: string } };
        answers.set(told.parameters.prediction_id, x);
        onAnswer(answers.size);
      } catch {
        return;
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, ask));
  return answers;
}
