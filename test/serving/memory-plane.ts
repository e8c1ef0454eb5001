import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type {
  DataPlane,
  ServedVersion,
  ServingFacts,
  VersionStatistics,
} from '../../serving/data-plane-port.js';
import type { InferenceAnswer, InferenceRequest } from '../../serving/inference-request.js';
import { fitRequest, wantedOutputs } from './fit-request.js';
import { doubling, type MemoryModel, passing, picking } from './memory-models.js';

interface Held extends ServedVersion {
  readonly run: MemoryModel['run'] | null;
}

const held = (model: string, version: string, of: MemoryModel): Held => ({
  model,
  version,
  state: 'READY',
  reason: '',
  interface: of.interface,
  run: of.run,
});

/** A data plane in this process: `double` in versions 1 and 2, `kinds`, `pick`, and `broken`, which is not ready. */
export class MemoryPlane implements DataPlane {
  defaultModel: string | null = 'double';
  facts: ServingFacts = { executionProvider: 'cpu', endpoint: null, revision: null };
  ready = true;
  /** What the next requests wait for, before they are answered. */
  gate: Promise<void> = Promise.resolve();
  /** Thrown instead of an answer. */
  failure: Error | null = null;
  readonly requireTokens = () => undefined;
  readonly refused = () => undefined;
  readonly asked: InferenceRequest[] = [];
  private readonly counts = new Map<
    string,
    { rows: number; batches: number; fail: number; lastAtMs: number }
  >();
  private held: readonly Held[] = [
    {
      model: 'broken',
      version: '1',
      state: 'UNAVAILABLE',
      reason: 'the file is cut off',
      interface: null,
      run: null,
    },
    held('double', '1', doubling),
    held('double', '2', doubling),
    held('kinds', '1', passing),
    held('pick', '1', picking),
  ];

  async infer(request: InferenceRequest): Promise<InferenceAnswer> {
    this.asked.push(request);
    const served = this.findHeld(request.model, request.version);
    if (served.run === null || served.interface === null || served.state !== 'READY') {
      throw new RatchetError(
        'MODEL_NOT_READY',
        `version ${served.version} of model "${served.model}" is not ready`,
      );
    }
    const inputs = fitRequest(served.interface, request);
    await this.gate;
    if (this.failure !== null) throw this.failure;
    const { model, version } = served;
    const rows = inputs[0]?.dims[0] ?? 0;
    try {
      const outputs = wantedOutputs(served.run(inputs), request.outputs);
      this.count(served, rows, 0);
      return { model, version, outputs };
    } catch (error) {
      this.count(served, 0, 1);
      throw error;
    }
  }

  versions(): readonly ServedVersion[] {
    return this.held;
  }

  find(model: string, version: string | null): ServedVersion {
    return this.findHeld(model, version);
  }

  statistics(model?: string, version?: string): readonly VersionStatistics[] {
    return this.held
      .filter((of) => (model ?? of.model) === of.model && (version ?? of.version) === of.version)
      .map((of) => this.statisticsOf(of));
  }

  async load(model: string): Promise<void> {
    this.findHeld(model, null);
    this.setState(model, 'READY');
  }

  async unload(model: string): Promise<void> {
    this.findHeld(model, null);
    this.setState(model, 'UNAVAILABLE');
  }

  isLive(): boolean {
    return true;
  }

  isReady(): boolean {
    return this.ready;
  }

  private findHeld(model: string, version: string | null): Held {
    const found = this.held.findLast((of) => of.model === model && (version ?? of.version) === of.version);
    if (found === undefined) throw new RatchetError('MODEL_NOT_FOUND', 'there is no such model or version');
    return found;
  }

  private setState(model: string, state: 'READY' | 'UNAVAILABLE'): void {
    this.held = this.held.map((of) => (of.model === model && of.run !== null ? { ...of, state } : of));
  }

  private count({ model, version }: Held, rows: number, fail: number): void {
    const key = `${model}/${version}`;
    const before = this.counts.get(key) ?? { rows: 0, batches: 0, fail: 0 };
    this.counts.set(key, {
      rows: before.rows + rows,
      batches: before.batches + (1 - fail),
      fail: before.fail + fail,
      lastAtMs: Date.now(),
    });
  }

  private statisticsOf({ model, version }: Held): VersionStatistics {
    const of = this.counts.get(`${model}/${version}`);
    const success = { count: of?.batches ?? 0, ns: (of?.batches ?? 0) * 1000 };
    return {
      model,
      version,
      lastAtMs: of?.lastAtMs ?? null,
      rows: of?.rows ?? 0,
      batches: of?.batches ?? 0,
      inline: 0,
      success,
      fail: { count: of?.fail ?? 0, ns: 0 },
      queue: success,
      compute: success,
      batchSizes: new Map(of === undefined ? [] : [[of.rows, success]]),
    };
  }
}
