import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf } from '../../domain/errors/ratchet-error.js';
import type { ObservedReplica } from '../../domain/ports/deployment-target.js';
import type { ProcessIdentity } from '../../machine/process-identity.js';
import { waitUntilReady } from './host-health.js';
import { type HostAddresses, type HostCommand, HostProcess, type Protocol } from './host-process.js';
import { watchHost } from './watch-host.js';

export interface ReplicaSpec {
  readonly id: string;
  /** Asked at every start: a secret may be another one by then. */
  readonly command: () => Promise<HostCommand>;
  readonly readyWithinMs: number;
  /** More than that, and it is started anew. */
  readonly memoryMiB: number;
  /** Told of every change, with its words for the log. */
  readonly changed: (text: string) => void;
}

const firstBackoffMs = 250;
const lastBackoffMs = 15_000;
/** A host that was ready for so long starts its backoff anew. */
const steadyMs = 30_000;

/** A host that is started, watched, started again when it dies, and stopped. */
export class Replica {
  readonly id: string;
  readonly #spec: ReplicaSpec;
  readonly #over = new AbortController();
  #state: ObservedReplica['state'] = 'starting';
  #reason: string | null = null;
  #restarts = 0;
  #host: HostProcess | null = null;
  #at: HostAddresses | null = null;
  #guard: Promise<void> = Promise.resolve();

  constructor(spec: ReplicaSpec) {
    this.id = spec.id;
    this.#spec = spec;
  }

  get observed(): ObservedReplica {
    return { id: this.id, state: this.#state, restarts: this.#restarts, reason: this.#reason };
  }

  /** Null while none runs. */
  get identity(): ProcessIdentity | null {
    return this.#host?.identity ?? null;
  }

  get isReady(): boolean {
    return this.#state === 'ready';
  }

  /** Address of its metrics, where it is ready. */
  get metrics(): string | null {
    return this.isReady ? (this.#at?.metrics ?? null) : null;
  }

  /** Resolves when it is ready, and keeps it so. Rejects with why it is not, after its time or at the signal. */
  async start(signal: AbortSignal): Promise<void> {
    const host = await this.#startOnce(signal);
    this.#guard = this.#keepAlive(host);
  }

  /** Starts it again and again until it is ready, for what answered before. */
  startAnyhow(): void {
    this.#guard = this.#keepAlive(null);
  }

  take(protocol: Protocol, connection: Socket): boolean {
    return this.isReady && (this.#host?.take(protocol, connection) ?? false);
  }

  /** Lets it answer what it has, then ends it; it is not started again. */
  async stop(drainMs: number): Promise<void> {
    this.#over.abort();
    if (this.#host !== null) {
      this.#become('draining', null);
      await this.#host.stop(drainMs);
    }
    await this.#guard;
    this.#host = null;
    this.#spec.changed('has ended');
  }

  async #startOnce(signal: AbortSignal): Promise<HostProcess> {
    const { command, readyWithinMs } = this.#spec;
    const host = new HostProcess(await command());
    this.#host = host;
    this.#spec.changed(`starts as process ${host.identity?.pid}`);
    const late = AbortSignal.timeout(readyWithinMs);
    const ending = AbortSignal.any([late, signal, this.#over.signal]);
    const given = new Promise<never>((_, reject) => {
      ending.addEventListener('abort', () => reject(new Error('it did not listen')), { once: true });
    });
    given.catch(() => undefined);
    const dead = host.ended.then((how) => Promise.reject(new Error(`it ended with ${how}`)));
    dead.catch(() => undefined);
    try {
      ending.throwIfAborted();
      const at = await Promise.race([host.listens, given]);
      await Promise.race([waitUntilReady(at.http, ending), dead]);
      this.#at = at;
      this.#become('ready', null);
      return host;
    } catch (error) {
      host.kill();
      await host.ended;
      this.#host = null;
      const reason = late.aborted
        ? `it was not ready after ${readyWithinMs / 1000} s: ${messageOf(error)}`
        : messageOf(error);
      this.#become('failed', reason);
      throw new Error(reason, { cause: error });
    }
  }

  async #keepAlive(first: HostProcess | null): Promise<void> {
    let host = first;
    let pauseMs = first === null ? 0 : firstBackoffMs;
    while (!this.#over.signal.aborted) {
      if (host !== null) {
        const since = Date.now();
        const how = await this.#watch(host);
        if (this.#over.signal.aborted) return;
        if (Date.now() - since > steadyMs) pauseMs = firstBackoffMs;
        this.#become('restarting', `it ended: ${how}`);
      }
      host = await this.#startAgain(pauseMs);
      pauseMs = Math.min(Math.max(pauseMs * 2, firstBackoffMs), lastBackoffMs);
    }
  }

  /** How it ended, or why it was ended. */
  async #watch(host: HostProcess): Promise<string> {
    const { memoryMiB } = this.#spec;
    const gone = new AbortController();
    // Somebody else has told it to end: it answers what it has, and gets no more.
    void host.leaves.then(() => {
      if (this.isReady) this.#become('restarting', 'it is ending');
    });
    const watched = watchHost(host, this.#at?.http ?? '', memoryMiB, gone.signal).then((reason) => {
      if (reason !== null) host.kill();
      return reason;
    });
    const how = await host.ended;
    gone.abort();
    return (await watched) ?? how;
  }

  /** Null where it failed, or was stopped. */
  async #startAgain(pauseMs: number): Promise<HostProcess | null> {
    try {
      await sleep(pauseMs, undefined, { signal: this.#over.signal });
      if (pauseMs > 0) this.#restarts += 1;
      return await this.#startOnce(this.#over.signal);
    } catch (error) {
      if (!this.#over.signal.aborted) this.#become('restarting', messageOf(error));
      return null;
    }
  }

  #become(state: ObservedReplica['state'], reason: string | null): void {
    this.#state = state;
    this.#reason = reason;
    this.#spec.changed(reason === null ? `is ${state}` : `is ${state}: ${reason}`);
  }
}
