import { execFile } from 'node:child_process';
import { copyFile, mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { packageRoot } from '../../../stack/package-root.js';
import type { BenchReport, Figure } from '../figures.js';
import { peerPython } from '../peer-python.js';
import { withRecording } from '../with-recording.js';
import { measureForms } from './forms.js';
import type { Measured } from './measure-load.js';
import { bareNode, bento, fastApi, mlServer, ratchet, type Things } from './programs.js';
import { reloadFigures } from './reload.js';
import { type ServerProgram, startServer } from './server.js';

const playMs = 6000;
/** What is held against the others: it checks, counts and records what it answers. */
const ours = 'ratchet, recording';
const peers = join(packageRoot(), 'scripts/bench/serving/peers');

/** How one server did. */
interface Standing {
  readonly name: string;
  readonly busy: Measured;
  readonly lone: Measured;
  readonly startMs: number;
  readonly memoryMiB: number;
}

/** One row a request against a model of 100 trees, ours and those of others one after the other: the server on one core, the load on the other. */
export async function benchServing(folder: string): Promise<BenchReport> {
  const things = await prepare(folder);
  const recorded = await withRecording(join(folder, 'recorded'), (settings) =>
    measure({ ...ratchet(things, settings), name: ours }),
  );
  const programs: readonly ServerProgram[] = [
    ratchet(things),
    bareNode(things, 'batch'),
    bareNode(things, 'inline'),
    fastApi(things),
    await mlServer(things, false),
    await mlServer(things, true),
    bento(things),
  ];
  const standings: Standing[] = [recorded];
  for (const program of programs) standings.push(await measure(program));
  return {
    name: 'serving',
    about: '100 trees, 12 floats, one row a request in JSON; server on one core, load on the other',
    figures: [
      ...figuresOf(standings),
      ...(await reloadFigures(ratchet(things), 'trees')),
      ...(await measureForms(things)),
    ],
    notes: standings.map(line),
  };
}

async function measure(program: ServerProgram): Promise<Standing> {
  const server = await startServer(program);
  try {
    const lone = await server.load({ connections: 1, playMs });
    const busy = await server.load({ connections: 64, playMs });
    const { name, startMs } = server;
    return { name, busy, lone, startMs, memoryMiB: server.memoryMiB() };
  } finally {
    await server.stop();
  }
}

function figuresOf(standings: readonly Standing[]): readonly Figure[] {
  const of = (name: string): Standing => {
    const found = standings.find((standing) => standing.name === name);
    if (found === undefined) throw new Error(`${name} was not measured`);
    return found;
  };
  const best = standings
    .filter(({ name }) => name.startsWith('MLServer'))
    .reduce((a, b) => (a.busy.perSecond > b.busy.perSecond ? a : b));
  const own = of(ours);
  const faster = (peer: Standing): Figure => ({
    what: 'requests, 64 connections',
    value: own.busy.perSecond,
    unit: 'per s',
    peer: { name: peer.name, value: peer.busy.perSecond },
  });
  return [
    ...[best, of('BentoML'), of('FastAPI'), of('bare Node, batch')].map(faster),
    { what: 'p99, 64 connections', value: own.busy.p99Ms, unit: 'ms', limit: 10 },
    {
      what: 'p50, one connection',
      value: own.lone.p50Ms,
      unit: 'ms',
      limit: 1.5 * of('bare Node, inline').lone.p50Ms,
      peer: { name: 'bare Node, inline', value: of('bare Node, inline').lone.p50Ms },
    },
    { what: 'p99, one connection', value: own.lone.p99Ms, unit: 'ms', limit: 1.5 },
    { what: 'start to first answer', value: of('ratchet').startMs, unit: 'ms', limit: 800 },
    { what: 'memory after it', value: of('ratchet').memoryMiB, unit: 'MiB', limit: 180 },
  ];
}

function line({ name, busy, lone, startMs, memoryMiB }: Standing): string {
  const cells = [
    `${busy.perSecond.toFixed(0)}/s, p99 ${busy.p99Ms.toFixed(1)} ms at 64`,
    `p50 ${lone.p50Ms.toFixed(2)}, p99 ${lone.p99Ms.toFixed(2)} ms at 1`,
    `starts in ${startMs.toFixed(0)} ms`,
    `${memoryMiB.toFixed(0)} MiB`,
  ];
  return `${name.padEnd(20)} ${cells.join('; ')}`;
}

/** Model and peers; the peers are installed once. */
async function prepare(folder: string): Promise<Things> {
  await rm(folder, { recursive: true, force: true });
  const repository = join(folder, 'models');
  const model = join(repository, 'trees/1/model.onnx');
  await mkdir(dirname(model), { recursive: true });
  const pythons = {
    mlserver: await peerPython(join(peers, 'mlserver.txt')),
    others: await peerPython(join(peers, 'others.txt')),
  };
  const made = join(folder, 'model.onnx');
  await promisify(execFile)(pythons.others, [join(peers, 'make_model.py'), made]);
  await copyFile(made, model);
  return { folder, model, repository, pythons, row: Array.from({ length: 12 }, (_, at) => (at - 6) / 4) };
}
