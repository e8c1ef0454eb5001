import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { leanNode } from '../../domain/serving/lean-node.js';
import { packageRoot } from '../../stack/package-root.js';
import { addsTo } from '../../test/serving/small-models.js';
import { type BenchReport, quantile } from './figures.js';
import { perSecond } from './load.js';
import { answersIn } from './many-connections.js';
import { processorUs } from './processes.js';
import { withRecording } from './with-recording.js';

const connections = 64;
const [warmUpMs, roundMs, rounds] = [2000, 4000, 5];
const row = JSON.stringify({
  inputs: [{ name: 'x', datatype: 'FP32', shape: [1, 1], data: [0.5] }],
});

/** What recording costs a server on one core: two servers of the same model in turns, one that records into a Postgres. */
export async function benchRecording(folder: string): Promise<BenchReport> {
  const repository = join(folder, 'models');
  return withRecording(join(folder, 'recorded'), async (recording) => {
    await mkdir(join(repository, 'adds', '1'), { recursive: true });
    await writeFile(join(repository, 'adds', '1', 'model.onnx'), addsTo(1));
    const settings = { RATCHET_SERVING_REPOSITORY: repository };
    const servers: Server[] = [];
    try {
      for (const more of [{}, recording]) servers.push(await start({ ...settings, ...more }));
      const [off, on] = servers as [Server, Server];
      return await compare(off, on);
    } finally {
      for (const { child } of servers) child.kill('SIGKILL');
    }
  });
}

async function compare(off: Server, on: Server): Promise<BenchReport> {
  const rates: Turn[] = [];
  for (const server of [off, on]) await play(server, warmUpMs);
  for (let round = 0; round < rounds; round += 1) {
    const [without, withIt] = [await play(off, roundMs), await play(on, roundMs)];
    rates.push({ off: without.rate, on: withIt.rate, offUs: without.us, onUs: withIt.us });
  }
  const median = (of: (turn: Turn) => number) => quantile(rates.map(of), 0.5);
  const numbers = await (await fetch(on.metrics)).text();
  const counted = (name: string) => new RegExp(`^${name} (\\d+)$`, 'm').exec(numbers)?.[1] ?? '?';
  return {
    name: 'recording',
    about: `requests of one row over ${connections} connections, answered by a server on one core that records or does not`,
    figures: [
      { what: 'requests without recording', value: median((rate) => rate.off), unit: 'per s' },
      { what: 'requests with recording', value: median((rate) => rate.on), unit: 'per s' },
      // 15 % of the throughput.
      {
        what: 'without by with recording',
        value: median((rate) => rate.off / rate.on),
        unit: 'times',
        limit: 1 / 0.85,
      },
      {
        what: 'processor time a request, with by without',
        value: median((turn) => turn.onUs / turn.offUs),
        unit: 'times',
      },
    ],
    notes: [
      `processor time a request, all threads: ${median((turn) => turn.offUs).toFixed(1)} us without, ${median((turn) => turn.onUs).toFixed(1)} with`,
      `written ${counted('ratchet_record_spooled_total')}, dropped ${counted('ratchet_record_dropped_total')}, delivered meanwhile ${counted('ratchet_record_delivered_total')}`,
    ],
  };
}

interface Turn {
  readonly off: number;
  readonly on: number;
  /** Of all threads of a server, also of the one that delivers. */
  readonly offUs: number;
  readonly onUs: number;
}

async function play({ child, http }: Server, ms: number): Promise<{ rate: number; us: number }> {
  const before = processorUs(child.pid ?? 0);
  const answers = await answersIn(ms, `${http}/v2/models/adds/infer`, row, connections);
  return { rate: perSecond(answers, ms), us: (processorUs(child.pid ?? 0) - before) / answers };
}

interface Server {
  readonly child: ChildProcess;
  readonly http: string;
  readonly metrics: string;
}

/** On a core of its own where there is more than one. */
async function start(settings: Readonly<Record<string, string>>): Promise<Server> {
  const ports = { RATCHET_SERVING_HTTP_PORT: '0', RATCHET_SERVING_GRPC_PORT: '0', RATCHET_METRICS_PORT: '0' };
  const command = [process.execPath, ...leanNode.options, join(packageRoot(), 'dist/serving/main.js')];
  const [program = '', ...args] =
    availableParallelism() > 1 && process.platform === 'linux' ? ['taskset', '-c', '0', ...command] : command;
  const child = spawn(program, args, {
    cwd: packageRoot(),
    env: { ...process.env, ...leanNode.env, ...ports, ...settings },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines = createInterface(child.stdout);
  const [line] = (await Promise.race([once(lines, 'line'), once(child, 'exit').then(() => [])])) as [string?];
  if (line === undefined) throw new Error('the server ended before it was ready');
  return { child, ...(JSON.parse(line) as { http: string; metrics: string }) };
}
