import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf, RatchetError } from '../../domain/errors/ratchet-error.js';
import type { ObservedReplica, WantedRevision } from '../../domain/ports/deployment-target.js';
import type { ProcessIdentity } from '../../machine/process-identity.js';
import type { HostEnvironment } from './host-environment.js';
import type { Protocol } from './host-process.js';
import { Replica } from './replica.js';

export interface RevisionSpec {
  readonly wanted: WantedRevision;
  readonly folder: string;
  /** For each replica one that no other host has. */
  readonly spools: readonly number[];
  /** Asked at every start of a host. */
  readonly environment: (spool: number) => Promise<HostEnvironment>;
  readonly log: (text: string) => void;
  /** Told of every change of a replica. */
  readonly changed: () => void;
}

const linesShown = 15;
const lookMs = 50;

/** The hosts of one revision. */
export class RunningRevision {
  /** Its ordinal grows when the same revision is wanted again. */
  wanted: WantedRevision;
  readonly spools: readonly number[];
  readonly #replicas: readonly Replica[];
  readonly #ends: (readonly string[])[] = [];
  #next = 0;

  constructor(spec: RevisionSpec) {
    this.wanted = spec.wanted;
    this.spools = spec.spools;
    this.#replicas = spec.spools.map((spool, i) => this.#replica(spec, spool, i));
  }

  get replicas(): readonly ObservedReplica[] {
    return this.#replicas.map((replica) => replica.observed);
  }

  get hosts(): readonly ProcessIdentity[] {
    return this.#replicas.flatMap((replica) => replica.identity ?? []);
  }

  /** Addresses of the metrics of those that are ready, by their id. */
  get metrics(): readonly { readonly id: string; readonly url: string }[] {
    return this.#replicas.flatMap(({ id, metrics }) => (metrics === null ? [] : [{ id, url: metrics }]));
  }

  get #areAllReady(): boolean {
    return this.#replicas.every((replica) => replica.isReady);
  }

  /**
   * Resolves when all of them are ready. Errors: `DEPLOY_FAILED` with the end of the log of one that is not, and then none
   * is there any more; those of the secrets that it names.
   */
  async start(signal: AbortSignal): Promise<void> {
    const over = new AbortController();
    const ending = AbortSignal.any([signal, over.signal]);
    const failures: { readonly i: number; readonly error: unknown }[] = [];
    const starts = this.#replicas.map(async (replica, i) => {
      await replica.start(ending).catch((error: unknown) => {
        failures.push({ i, error });
        over.abort();
      });
    });
    await Promise.all(starts);
    const [first] = failures;
    if (first === undefined) return;
    await this.stop(0);
    this.#fail(first.i, first.error);
  }

  /** Waits until all are ready. Error: `DEPLOY_FAILED` where they are not in time, or by the signal. */
  async untilReady(withinMs: number, signal: AbortSignal): Promise<void> {
    const ending = AbortSignal.any([signal, AbortSignal.timeout(withinMs)]);
    while (!this.#areAllReady) {
      const failed = this.#replicas.findIndex((replica) => !replica.isReady);
      if (ending.aborted)
        this.#fail(failed, new Error(this.#replicas[failed]?.observed.reason ?? 'it starts'));
      await sleep(lookMs);
    }
  }

  /** Starts them again and again until they are ready. */
  startAnyhow(): void {
    for (const replica of this.#replicas) replica.startAnyhow();
  }

  /** Hands a connection to one that is ready, each in its turn. False where none is. */
  take(protocol: Protocol, connection: Socket): boolean {
    for (let tried = 0; tried < this.#replicas.length; tried += 1) {
      this.#next = (this.#next + 1) % this.#replicas.length;
      if (this.#replicas[this.#next]?.take(protocol, connection) === true) return true;
    }
    return false;
  }

  /** Lets them answer what they have, then ends them. */
  async stop(drainMs: number): Promise<void> {
    await Promise.all(this.#replicas.map((replica) => replica.stop(drainMs)));
  }

  #replica({ wanted, folder, environment, log, changed }: RevisionSpec, spool: number, i: number): Replica {
    const { revision, resources, health } = wanted;
    const id = `${revision}-${i + 1}`;
    this.#ends[i] = [];
    const onLine = (line: string, secrets: readonly string[]) => {
      const clean = secrets.reduce((text, secret) => text.replaceAll(secret, '***'), line);
      this.#ends[i] = [...(this.#ends[i] ?? []), clean].slice(-linesShown);
      log(`${id} ${clean}\n`);
    };
    const command = async () => {
      const { env, secrets } = await environment(spool);
      const { memoryMiB } = resources;
      return { env, cwd: folder, memoryMiB, onLine: (line: string) => onLine(line, secrets) };
    };
    const told = (text: string) => {
      log(`${id} ${text}\n`);
      changed();
    };
    return new Replica({ ...health, ...resources, id, command, changed: told });
  }

  #fail(i: number, error: unknown): never {
    if (error instanceof RatchetError) throw error;
    const { project, endpoint, revision } = this.wanted;
    const end = this.#ends[i]?.join('\n') ?? '';
    const log = end === '' ? 'it wrote nothing' : `the end of its log:\n${end}`;
    const message = `revision ${revision} of ${project}/${endpoint} did not become ready: ${messageOf(error)}; ${log}`;
    throw new RatchetError('DEPLOY_FAILED', message, { project, endpoint, revision }, { cause: error });
  }
}
