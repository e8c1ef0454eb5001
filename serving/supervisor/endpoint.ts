import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf } from '../../domain/errors/ratchet-error.js';
import type { EndpointName, ObservedEndpoint, WantedRevision } from '../../domain/ports/deployment-target.js';
import { endProcess, isAlive } from '../../machine/process-identity.js';
import { type OpenAddresses, openAddresses } from './endpoint-addresses.js';
import type { EndpointFolder } from './endpoint-folder.js';
import { EndpointLog } from './endpoint-log.js';
import type { HostEnvironment, HostPlace } from './host-environment.js';
import { readMetrics } from './metrics-page.js';
import { makeRevisionFolder } from './revision-folder.js';
import { RunningRevision } from './running-revision.js';
import type { KeptEndpoint } from './shapes.js';
import { standing } from './standing.js';

export interface EndpointOptions {
  readonly name: EndpointName;
  readonly folder: EndpointFolder;
  /** Folder with files by digest. */
  readonly files: string;
  readonly host: string;
  readonly environment: (place: HostPlace) => Promise<HostEnvironment>;
}

const reopenMs = 1000;

/** One endpoint: its addresses, the revision that answers, and the way to the next. */
export class Endpoint {
  readonly #options: EndpointOptions;
  readonly #log: EndpointLog;
  #kept: KeptEndpoint;
  #addresses: OpenAddresses | null = null;
  #live: RunningRevision | null = null;
  /** Those that come and those that go, beside the one that answers. */
  readonly #others = new Set<RunningRevision>();
  #turn: Promise<unknown> = Promise.resolve();
  readonly #over = new AbortController();

  constructor(options: EndpointOptions) {
    this.#options = options;
    this.#kept = options.folder.read();
    this.#log = new EndpointLog(options.folder);
  }

  get name(): EndpointName {
    return this.#options.name;
  }

  /** Starts what answered before this process was there. Resolves when its addresses are open, which is tried until then. */
  async restore(): Promise<void> {
    const { live, hosts } = this.#kept;
    const graceMs = live?.health.drainMs ?? 0;
    // They have lost their supervisor, so they drain; one that hangs does not.
    for (const host of hosts) void endProcess(host, 'SIGTERM', graceMs);
    // With all of them gone, as after a start of the machine, what they left is for those that come.
    if (!hosts.some(isAlive)) this.#kept = { ...this.#kept, spools: [] };
    if (live === null) return;
    this.#live = this.#revision(live);
    this.#live.startAnyhow();
    while (!this.#over.signal.aborted) {
      try {
        return await this.#openAddresses();
      } catch (error) {
        this.#log.write(`${messageOf(error)}\n`);
        await sleep(reopenMs, undefined, { signal: this.#over.signal }).catch(() => undefined);
      }
    }
  }

  /**
   * Errors: `CONFLICT` where a newer revision is there, `DEPLOY_FAILED`, `BLOB_MISSING`, `BLOB_CORRUPT`,
   * `APPLICATION_INVALID`, `PART_UNAVAILABLE` where no port is free; the revision before goes on then.
   */
  deploy(wanted: WantedRevision, signal: AbortSignal): Promise<ObservedEndpoint> {
    return this.#inTurn(async () => {
      signal.throwIfAborted();
      if (standing(wanted, this.#live) === 'newer') await this.#replace(wanted, signal);
      else await this.#confirm(wanted, signal);
      return this.observed;
    });
  }

  get observed(): ObservedEndpoint {
    const replicas = [
      ...(this.#live?.replicas ?? []),
      ...[...this.#others].flatMap((other) => other.replicas),
    ];
    const answering = this.#live?.replicas.some(({ state }) => state === 'ready') ? this.#live.wanted : null;
    const { revision = null, ordinal = null } = answering ?? {};
    return { ...this.name, revision, ordinal, at: this.#addresses?.at ?? null, replicas };
  }

  /** Files of the record of predictions that no host has. */
  left(): Promise<number> {
    return this.#options.folder.left(this.#running.flatMap(({ spools }) => spools));
  }

  logs(lines: number): readonly string[] {
    return this.#log.tail(lines);
  }

  /** Ends it and forgets it. */
  remove(): Promise<void> {
    return this.#inTurn(async () => {
      await this.#end(this.#live?.wanted.health.drainMs ?? 0);
      await this.#options.folder.remove();
    });
  }

  /** Ends it, to be restored by the next process. */
  async stop(drainMs: number): Promise<void> {
    await Promise.all([...this.#others].map((other) => other.stop(0)));
    await this.#inTurn(() => this.#end(Math.min(drainMs, this.#live?.wanted.health.drainMs ?? 0)));
  }

  async #replace(wanted: WantedRevision, signal: AbortSignal): Promise<void> {
    const { folder, files } = this.#options;
    const before = this.#live;
    const keep = [wanted.revision, ...(before === null ? [] : [before.wanted.revision])];
    const next = this.#revision(wanted);
    try {
      await makeRevisionFolder(folder.revision(wanted.revision), files, wanted);
      this.#others.add(next);
      await next.start(signal);
      await this.#openAddresses();
    } catch (error) {
      await next.stop(0);
      await folder.keepOnly(keep.slice(1));
      throw error;
    } finally {
      this.#others.delete(next);
    }
    this.#live = next;
    this.#remember({ live: wanted });
    this.#addresses?.flush();
    if (before !== null) await this.#letGo(before);
    await folder.keepOnly(keep);
  }

  /** What is there already need only be well; where none of it is, it may be for its files, which were put there again. */
  async #confirm(wanted: WantedRevision, signal: AbortSignal): Promise<void> {
    const live = this.#live;
    if (live === null || this.observed.revision === null) return await this.#replace(wanted, signal);
    live.wanted = wanted;
    this.#remember({ live: wanted });
    await live.untilReady(wanted.health.readyWithinMs, signal);
  }

  async #letGo(before: RunningRevision): Promise<void> {
    this.#others.add(before);
    await before.stop(before.wanted.health.drainMs);
    this.#others.delete(before);
    this.#remember({});
  }

  async #openAddresses(): Promise<void> {
    if (this.#addresses !== null) return;
    this.#addresses = await openAddresses({
      host: this.#options.host,
      ports: this.#kept.ports,
      seed: this.#options.folder.path,
      take: (protocol, connection) => this.#live?.take(protocol, connection) ?? false,
      metrics: () => readMetrics(this.#live?.metrics ?? []),
    });
    this.#remember({ ports: this.#addresses.ports });
  }

  async #end(drainMs: number): Promise<void> {
    this.#over.abort();
    this.#addresses?.close();
    this.#addresses = null;
    const live = this.#live;
    this.#live = null;
    if (live !== null) await live.stop(drainMs);
    this.#log.close();
  }

  #revision(wanted: WantedRevision): RunningRevision {
    const { folder, environment } = this.#options;
    const path = folder.revision(wanted.revision);
    return new RunningRevision({
      wanted,
      folder: path,
      spools: this.#freeSpools(wanted.replicas),
      environment: (spool) => environment({ wanted, folder: path, spool: folder.spool(spool) }),
      log: (text) => this.#log.write(text),
      changed: () => {
        this.#remember({});
        this.#addresses?.flush();
      },
    });
  }

  /** The lowest that no host has, so that what one left behind is soon another's. */
  #freeSpools(count: number): readonly number[] {
    const taken = new Set([...this.#kept.spools, ...this.#running.flatMap(({ spools }) => spools)]);
    const all = Array.from({ length: taken.size + count }, (_, i) => i + 1);
    return all.filter((number) => !taken.has(number)).slice(0, count);
  }

  get #running(): readonly RunningRevision[] {
    return [this.#live, ...this.#others].flatMap((revision) => revision ?? []);
  }

  #remember(change: Partial<KeptEndpoint>): void {
    const hosts = this.#running.flatMap((revision) => revision.hosts);
    const spools = this.#running.flatMap((revision) => revision.spools);
    this.#kept = { ...this.#kept, ...change, hosts, spools };
    this.#options.folder.write(this.#kept);
  }

  /** One thing after the other. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.#turn.then(work);
    this.#turn = mine.catch(() => undefined);
    return mine;
  }
}
