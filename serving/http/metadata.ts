import type { InterfaceTensor } from '../../domain/onnx/model-interface.js';
import { serverIdentity } from '../server-identity.js';
import { datatypeOf } from '../tensors/datatypes.js';
import { type Answer, answerJson, type Call } from './call.js';
import { requireInterface } from './require-interface.js';

/** Extensions of the Open Inference Protocol that this server speaks. */
const extensions = ['binary_tensor_data', 'model_repository', 'parameters', 'schedule_policy', 'statistics'];

/** `GET /v2`. What was deployed is named once all of it is served. */
export function serverMetadata({ plane }: Call): Answer {
  const { executionProvider, endpoint, revision } = plane.facts;
  const deployed = revision === null ? {} : { endpoint, revision };
  return answerJson({ ...serverIdentity, extensions, execution_provider: executionProvider, ...deployed });
}

export function modelMetadata({ plane, names }: Call): Answer {
  const served = plane.find(names['model'] ?? '', names['version'] ?? null);
  const { inputs, outputs } = requireInterface(served);
  const ready = plane.versions().filter(({ model, state }) => model === served.model && state === 'READY');
  return answerJson({
    name: served.model,
    versions: ready.map(({ version }) => version),
    platform: 'onnx_onnxv1',
    inputs: inputs.map(tensorMetadata),
    outputs: outputs.map(tensorMetadata),
    properties: { execution_provider: plane.facts.executionProvider },
  });
}

/** `GET /v1/models`. */
export function listModels({ plane }: Call): Answer {
  return answerJson({ models: [...new Set(plane.versions().map(({ model }) => model))] });
}

/** `GET /v1/models/{model}`. */
export function modelState({ plane, names }: Call): Answer {
  const { model, state } = plane.find(names['model'] ?? '', null);
  return answerJson({ name: model, ready: state === 'READY' });
}

const tensorMetadata = ({ name, type, shape }: InterfaceTensor) => ({
  name,
  datatype: datatypeOf[type],
  shape,
});
