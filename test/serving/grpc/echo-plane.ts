import { RatchetError } from '../../../domain/errors/ratchet-error.js';
import { type OnnxInterface, tensorTypes } from '../../../domain/onnx/model-interface.js';
import type { DataPlane, ServedVersion } from '../../../serving/data-plane-port.js';
import type { InferenceAnswer, InferenceRequest } from '../../../serving/inference-request.js';

const tensors = tensorTypes.map((type) => ({ name: `a_${type}`, type, shape: [-1, -1] }));
const interfaceOfAll: OnnxInterface = { inputs: tensors, outputs: tensors };

type State = ServedVersion['state'];

const version = (model: string, number: string, state: State = 'READY', reason = ''): ServedVersion => ({
  model,
  version: number,
  state,
  reason,
  interface: state === 'LOADING' ? null : interfaceOfAll,
});

/** Models by what they answer: `echo` its inputs, `slow` nothing until it must, the others an error. */
const served = [
  version('echo', '1'),
  version('echo', '2'),
  version('slow', '1'),
  version('full', '1'),
  version('poison', '1'),
  version('defect', '1'),
  version('loading', '1', 'LOADING', 'it is being tried'),
  version('hostile', '1', 'UNAVAILABLE', 'its structure is not allowed'),
];

/** A data plane in memory that remembers what it was asked. */
export interface EchoPlane extends DataPlane {
  readonly requests: InferenceRequest[];
  readonly calls: string[];
  ready: boolean;
  /** The slow requests that wait, each with what ends it. */
  readonly waiting: ((answer: 'answer' | 'abort') => void)[];
  readonly aborted: InferenceRequest[];
}

export function createEchoPlane(): EchoPlane {
  const plane: EchoPlane = {
    requests: [],
    calls: [],
    ready: true,
    waiting: [],
    aborted: [],
    defaultModel: null,
    facts: { executionProvider: 'cpu', endpoint: null, revision: null },
    requireTokens: () => undefined,
    refused: () => undefined,
    isLive: () => true,
    isReady: () => plane.ready,
    versions: () => served,
    find,
    infer: (request) => {
      plane.requests.push(request);
      return answer(plane, request);
    },
    statistics: (model, number) =>
      statistics.filter((s) => (model ?? s.model) === s.model && (number ?? s.version) === s.version),
    load: async (model) => {
      if (model === 'hostile') throw new RatchetError('MODEL_HOSTILE', 'the model has a Loop without an end');
      plane.calls.push(`load ${find(model, null).model}`);
    },
    unload: async (model) => {
      plane.calls.push(`unload ${find(model, null).model}`);
    },
  };
  return plane;
}

const statistics = ['1', '2'].map((number) => ({
  model: 'echo',
  version: number,
  lastAtMs: 1_700_000_000_000,
  rows: 12,
  batches: 3,
  inline: 0,
  success: { count: 5, ns: 5000 },
  fail: { count: 1, ns: 70 },
  queue: { count: 6, ns: 600 },
  compute: { count: 3, ns: 3000.4 },
  batchSizes: new Map([[4, { count: 3, ns: 3000 }]]),
}));

function find(model: string, number: string | null): ServedVersion {
  const versions = served.filter((s) => s.model === model);
  const found = number === null ? versions.at(-1) : versions.find((s) => s.version === number);
  if (found !== undefined) return found;
  throw new RatchetError('MODEL_NOT_FOUND', `there is no model "${model}" version ${number ?? 'at all'}`);
}

async function answer(plane: EchoPlane, request: InferenceRequest): Promise<InferenceAnswer> {
  const { model, version: number, state } = find(request.model, request.version);
  if (state !== 'READY') throw new RatchetError('MODEL_NOT_READY', `model "${model}" is ${state}`);
  if (model === 'full')
    throw new RatchetError('OVERLOADED', 'there are 1000 rows in the queue, allowed are 1000');
  if (model === 'poison') throw new RatchetError('MODEL_RUN', 'the model cannot answer these rows');
  if (model === 'defect') throw new Error('password=hunter2 at /srv/ratchet/worker.js:1');
  for (const { name, type } of request.inputs) {
    if (tensors.some((t) => t.name === name && t.type === type)) continue;
    throw new RatchetError('REQUEST_INVALID', `tensor "${name}" is not one of the model`, { tensor: name });
  }
  if (model === 'slow') await released(plane, request);
  const wanted = request.outputs.length > 0 ? request.outputs : request.inputs.map(({ name }) => name);
  const outputs = wanted.flatMap((name) => request.inputs.filter((input) => input.name === name));
  return { model, version: number, outputs };
}

/** Until the test lets it go, whoever asked goes away, or the time is over. */
async function released(plane: EchoPlane, request: InferenceRequest): Promise<void> {
  const { signal, timeoutMs } = request;
  const end = await new Promise<'answer' | 'abort' | 'late'>((resolve) => {
    plane.waiting.push(resolve);
    signal?.addEventListener('abort', () => resolve('abort'));
    if (timeoutMs !== undefined) setTimeout(() => resolve('late'), timeoutMs);
  });
  if (end === 'answer') return;
  if (end === 'abort') plane.aborted.push(request);
  throw new RatchetError('DEADLINE_EXCEEDED', `there was no answer in ${timeoutMs} ms`);
}
