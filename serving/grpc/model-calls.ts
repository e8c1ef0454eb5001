import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { InterfaceTensor } from '../../domain/onnx/model-interface.js';
import type { DataPlane, ServedVersion } from '../data-plane-port.js';
import { datatypeOf } from '../tensors/datatypes.js';
import type { Answering } from './answering.js';
import type { ModelMetadataMessage, ModelNameMessage, TensorMetadataMessage } from './messages/metadata.js';

/** What is asked about a model. Error: `MODEL_NOT_FOUND`. */
export function modelCalls(plane: DataPlane, answered: Answering) {
  const find = ({ name, version }: ModelNameMessage): ServedVersion =>
    plane.find(name, version === '' ? null : version);
  return {
    ModelReady: answered((message: ModelNameMessage) => ({ ready: find(message).state === 'READY' })),
    ModelMetadata: answered((message: ModelNameMessage) => metadataOf(plane, find(message))),
  };
}

/** Error: `MODEL_NOT_READY` where the interface could not be read. */
function metadataOf(plane: DataPlane, served: ServedVersion): ModelMetadataMessage {
  const { model, version, interface: tensors } = served;
  if (tensors === null) {
    throw new RatchetError(
      'MODEL_NOT_READY',
      `the interface of ${model} version ${version} is not known yet`,
    );
  }
  const siblings = plane.versions().filter((other) => other.model === model);
  return {
    name: model,
    versions: siblings.map((sibling) => sibling.version),
    platform: 'onnx_onnxv1',
    inputs: tensors.inputs.map(tensorMetadata),
    outputs: tensors.outputs.map(tensorMetadata),
    properties: { execution_provider: plane.facts.executionProvider },
  };
}

function tensorMetadata({ name, type, shape }: InterfaceTensor): TensorMetadataMessage {
  return { name, datatype: datatypeOf[type], shape };
}
