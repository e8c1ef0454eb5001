import { setTimeout as sleep } from 'node:timers/promises';
import { Agent, request } from 'undici';
import { seededRandom } from '../../../domain/stats/seeded-random.js';
import { residentMiB } from '../../bench/processes.js';
import { type Kind, type PlannedRequest, plannedRequest } from './planned-request.js';
import { openSoakedServer, type SoakedServer } from './soaked-server.js';

export interface PlayedServing {
  readonly seed: number;
  /** Answers by kind of request and status, such as `infer 200`. */
  readonly answers: ReadonlyMap<string, number>;
  readonly reloads: number;
  readonly healthChecks: number;
  /** Of the thread that reads requests, over the whole of it. */
  readonly eventLoopDelayMs: Readonly<Record<'p50' | 'p99' | 'longest', number>>;
  /** Of every health check, sorted. */
  readonly healthMs: readonly number[];
  /** Of the server itself, before the first request and after each tenth of them; models are tried in processes of their own. */
  readonly memoryMiB: readonly number[];
  readonly violations: readonly string[];
}

const connections = 64;
const healthEveryMs = 10;
const reloadEveryMs = 250;
/** Sending, reading and a busy machine, beyond what was asked for. */
const graceMs = 2000;
const mostTold = 20;

/** Plays requests against a server of its own, with reloads and health checks beside them, and checks every answer. */
export async function playServing(seed: number, requests: number, folder: string): Promise<PlayedServing> {
  const server = await openSoakedServer(folder);
  const agent = new Agent({ connections: connections + 4, pipelining: 1 });
  const played = new Played(seed);
  try {
    played.memoryMiB.push(residentMiB(server.pid));
    await server.eventLoopDelayMs();
    const over = new AbortController();
    const beside = [health(server, agent, played, over.signal), reloads(server, agent, played, over.signal)];
    await send(server, agent, played, requests);
    over.abort();
    await Promise.all(beside);
    const eventLoopDelayMs = await server.eventLoopDelayMs();
    const code = await server.stop();
    if (code !== 0) played.violations.push(`the server ended with ${code}`);
    return { ...played.seen(), eventLoopDelayMs };
  } finally {
    await agent.close();
    await server.stop();
  }
}

class Played {
  readonly answers = new Map<string, number>();
  readonly healthMs: number[] = [];
  readonly memoryMiB: number[] = [];
  readonly violations: string[] = [];
  reloads = 0;
  readonly seed: number;

  constructor(seed: number) {
    this.seed = seed;
  }

  answered(kind: Kind, status: number): void {
    const name = `${kind} ${status}`;
    this.answers.set(name, (this.answers.get(name) ?? 0) + 1);
  }

  broke(what: string): void {
    if (this.violations.length < mostTold) this.violations.push(what);
  }

  seen(): Omit<PlayedServing, 'eventLoopDelayMs'> {
    const { seed, answers, reloads: count, memoryMiB, violations } = this;
    const healthMs = this.healthMs.toSorted((a, b) => a - b);
    return { seed, answers, reloads: count, healthChecks: healthMs.length, healthMs, memoryMiB, violations };
  }
}

async function send(server: SoakedServer, agent: Agent, played: Played, requests: number): Promise<void> {
  const random = seededRandom(played.seed);
  const tenth = Math.max(1, Math.floor(requests / 10));
  let [next, answered] = [0, 0];
  const sender = async () => {
    while (next < requests) {
      const number = next++;
      await ask(server, agent, played, plannedRequest(number, random));
      answered += 1;
      if (answered % tenth === 0) played.memoryMiB.push(residentMiB(server.pid));
    }
  };
  await Promise.all(Array.from({ length: connections }, sender));
}

async function ask(
  server: SoakedServer,
  agent: Agent,
  played: Played,
  planned: PlannedRequest,
): Promise<void> {
  const { kind, path, body, deadlineMs } = planned;
  const type = kind === 'stream' ? 'application/x-ndjson' : 'application/json';
  const began = performance.now();
  try {
    const answer = await request(`${server.http}${path}`, {
      method: 'POST',
      headers: { 'content-type': type },
      body,
      dispatcher: agent,
    });
    const text = await answer.body.text();
    const tookMs = performance.now() - began;
    played.answered(kind, answer.statusCode);
    const wrong = planned.judge(answer.statusCode, text);
    if (wrong !== null) played.broke(`${kind}: ${wrong}`);
    if (deadlineMs !== null && answer.statusCode !== 503 && tookMs > deadlineMs + graceMs)
      played.broke(`${kind}: answered after ${tookMs.toFixed(0)} ms, asked within ${deadlineMs}`);
  } catch (error) {
    played.broke(`${kind}: lost, ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Live at every moment, however busy the models are. */
async function health(
  server: SoakedServer,
  agent: Agent,
  played: Played,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    const began = performance.now();
    const answer = await request(`${server.http}/v2/health/live`, { dispatcher: agent });
    await answer.body.dump();
    played.healthMs.push(performance.now() - began);
    if (answer.statusCode !== 200) played.broke(`health was answered ${answer.statusCode}`);
    await sleep(healthEveryMs);
  }
}

async function reloads(
  server: SoakedServer,
  agent: Agent,
  played: Played,
  signal: AbortSignal,
): Promise<void> {
  for (let version = 2; !signal.aborted; version += 1) {
    await server.release(version);
    const answer = await request(`${server.http}/v2/repository/models/quick/load`, {
      method: 'POST',
      dispatcher: agent,
    });
    const text = await answer.body.text();
    if (answer.statusCode !== 200) played.broke(`a reload was answered ${answer.statusCode} ${text}`);
    played.reloads += 1;
    await sleep(reloadEveryMs);
  }
}
