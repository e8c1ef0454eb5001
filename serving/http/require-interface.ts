import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { OnnxInterface } from '../../domain/onnx/model-interface.js';
import type { ServedVersion } from '../data-plane-port.js';

/** Error: `MODEL_NOT_READY` where the interface of a version could not be read yet. */
export function requireInterface({ model, version, reason, interface: read }: ServedVersion): OnnxInterface {
  if (read !== null) return read;
  const why = reason === '' ? 'it is being loaded' : reason;
  throw new RatchetError('MODEL_NOT_READY', `version ${version} of model "${model}" is not ready: ${why}`, {
    model,
    version,
  });
}
