import { RatchetError } from '../domain/errors/ratchet-error.js';
import type { StackRecord } from './stack-record.js';
import { type PartSpec, SupervisedPart } from './supervised-part.js';

/** Stages in the order of their start; they are stopped the other way round. */
export const stages = ['stores', 'endpoints', 'workers', 'gateway'] as const;
export type Stage = (typeof stages)[number];

/** Starts parts, keeps them alive, and stops them stage by stage. */
export class Supervisor {
  readonly #record: StackRecord;
  readonly #log: (part: string, text: string) => void;
  readonly #parts: { readonly stage: Stage; readonly part: SupervisedPart }[] = [];
  #stopped: Promise<void> | undefined;
  readonly #onExit = () => this.kill();

  constructor(record: StackRecord, log: (part: string, text: string) => void) {
    this.#record = record;
    this.#log = log;
    // A process that ends without `stop` takes its parts along.
    process.once('exit', this.#onExit);
  }

  /** Resolves when the part is ready. Error: `PART_UNAVAILABLE`. */
  async start(stage: Stage, spec: PartSpec): Promise<void> {
    if (this.#stopped !== undefined) {
      throw new RatchetError('PART_UNAVAILABLE', `${spec.name} is not started: the stack is being stopped`);
    }
    const part = new SupervisedPart(spec, {
      changed: (changed) => this.#record.setPart(changed),
      log: this.#log,
    });
    this.#parts.push({ stage, part });
    const since = performance.now();
    await part.start();
    const tookMs = performance.now() - since;
    this.#log(spec.name, `ready at ${spec.address} in ${(tookMs / 1000).toFixed(1)} s`);
  }

  /** Stops every part within the grace times; a second call waits for the same end. */
  stop(): Promise<void> {
    this.#stopped ??= this.#stopAll();
    return this.#stopped;
  }

  /** SIGKILL to every part, without waiting. */
  kill(): void {
    for (const { part } of this.#parts) part.kill();
  }

  async #stopAll(): Promise<void> {
    this.#record.setPhase('stopping');
    for (const stage of stages.toReversed()) {
      const parts = this.#parts.filter((row) => row.stage === stage);
      await Promise.all(parts.map(({ part }) => part.stop()));
    }
    process.off('exit', this.#onExit);
    this.#record.setPhase('stopped');
  }
}
