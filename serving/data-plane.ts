import { RatchetError } from '../domain/errors/ratchet-error.js';
import { verificationUnit } from '../domain/predictions/verification-unit.js';
import type { TensorValue } from '../inference/codec/tensors.js';
import { type CheckedRequest, checkRequest } from './check-request.js';
import type { DataPlane, ServingFacts } from './data-plane-port.js';
import { requireTokens, type SourceTokens } from './feedback/source-tokens.js';
import type { InferenceAnswer, InferenceRequest } from './inference-request.js';
import type { LiveVersion } from './models/live-version.js';
import { type ModelLoader, unloaded } from './models/model-loader.js';
import type { ServedModels } from './models/served-models.js';
import { shown } from './models/version-entry.js';
import type { AnswerRecord } from './record/answer-record.js';
import type { TrafficMeter } from './record/traffic-tallies.js';
import { countRefusals } from './refusal-counts.js';

export interface DataPlaneSettings {
  /** The model of `/predict` at this moment; null for the only one there is. */
  readonly defaultModel: () => string | null;
  readonly facts: () => ServingFacts;
  /** Longest time to an answer; a request may ask for less. */
  readonly timeoutMs: number;
  /** Absent where nothing is recorded. */
  readonly record?: AnswerRecord | undefined;
  /** Absent where nobody wants to know what becomes of requests. */
  readonly meter?: TrafficMeter | undefined;
  /** Of who may tell what turned out to be true. Default: none must show a token. */
  readonly sourceTokens?: SourceTokens;
}

export interface DataPlaneAtWork extends DataPlane {
  /** It is not ready from here on, and goes on answering those who do not know yet. */
  leave(): void;
  /** Answers what was asked before, then ends every thread. */
  close(): Promise<void>;
}

/** The whole path of a request, from what a protocol edge understood to what it sends. */
export function createDataPlane(
  models: ServedModels,
  loader: ModelLoader,
  { defaultModel, facts, timeoutMs, record, meter, sourceTokens = {} }: DataPlaneSettings,
): DataPlaneAtWork {
  let [isLeaving, isStopping, isClosed] = [false, false, false];
  const refusals = meter && countRefusals(meter);

  async function infer(request: InferenceRequest): Promise<InferenceAnswer> {
    requireRunning();
    const source = liveVersion(models, request);
    const beganMs = performance.now();
    try {
      record?.requireRoom();
      const checked = checkRequest(source.live.interface, source.live.isRowWise, request);
      const outputs = await run(source.live, checked, request, timeoutMs);
      const predictionId = await record?.keep(source, checked, outputs, request);
      if (isTraffic(request)) meter?.answered(source, checked.rows, performance.now() - beganMs);
      return { model: source.model, version: source.version, outputs, predictionId };
    } catch (error) {
      refusals?.ofRequest(source, request, error, isTraffic(request));
      throw error;
    }
  }

  function requireRunning(): void {
    if (isStopping) throw new RatchetError('MODEL_NOT_READY', 'the server is being stopped');
  }

  return {
    infer,
    refused: ({ model = modelOf(models, defaultModel), version = null }, error) =>
      refusals?.ofEdge(versionHere(models, model, version), error),
    takeFeedback: record?.takeFeedback,
    requireTokens: (sources, shown) => requireTokens(sourceTokens, sources, shown),
    versions: () => models.list().map(shown),
    find: (model, version) => shown(models.find(model, version)),
    get defaultModel() {
      return modelOf(models, defaultModel);
    },
    get facts() {
      return facts();
    },
    statistics: (model, version) =>
      models.list(model, version).map((e) => ({ model: e.model, version: e.version, ...e.counters.read() })),
    load: async (model) => {
      requireRunning();
      await loader.load(model);
    },
    unload: (model) => loader.unload(model),
    isLive: () => !isClosed,
    isReady: () => !isLeaving && !isStopping && models.names().every((model) => isModelReady(models, model)),
    leave: () => {
      isLeaving = true;
    },
    close: async () => {
      isStopping = true;
      await loader.close();
      await record?.close();
      isClosed = true;
    },
  };
}

function liveVersion(models: ServedModels, request: InferenceRequest) {
  const { model, version, state, reason, live } = models.find(request.model, request.version);
  if (state === 'READY' && live !== null) return { model, version, live };
  const why = reason === '' ? 'it is being loaded' : reason;
  throw new RatchetError(
    'MODEL_NOT_READY',
    `version ${version} of the model "${model}" is not ready: ${why}`,
  );
}

/** The model that the server is for. */
function modelOf(models: ServedModels, defaultModel: () => string | null): string | null {
  const names = models.names();
  return defaultModel() ?? (names.length === 1 ? (names[0] ?? null) : null);
}

function versionHere(models: ServedModels, model: string | null, version: string | null) {
  if (model === null || !models.names().includes(model)) return undefined;
  return version === null ? models.find(model, null) : models.get(model, version);
}

async function run(
  { isRowWise, nothing, batcher }: LiveVersion,
  checked: CheckedRequest,
  { timeoutMs = Number.POSITIVE_INFINITY, priority, signal }: InferenceRequest,
  mostMs: number,
): Promise<readonly TensorValue[]> {
  if (checked.rows === 0 && isRowWise) return checked.outputs.flatMap((name) => nothing.get(name) ?? []);
  return await batcher.answer(checked, { timeoutMs: Math.min(timeoutMs, mostMs), priority, signal });
}

/** What a release asks to prove itself is none, nor is what is answered again for feedback. */
function isTraffic({ forFeedback, unitId }: InferenceRequest): boolean {
  return forFeedback !== true && unitId !== verificationUnit;
}

function isModelReady(models: ServedModels, model: string): boolean {
  const entries = models.list(model);
  return models.find(model, null).state === 'READY' || entries.every((e) => e.reason === unloaded);
}
