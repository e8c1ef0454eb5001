import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { DataPlane } from '../data-plane-port.js';
import { shown } from '../tensors/refuse.js';
import type { Answering } from './answering.js';
import type { RepositoryIndexMessage, RepositoryModelMessage } from './messages/metadata.js';

/** The repository extension. Errors: those of `DataPlane.load` and `unload`, `REQUEST_INVALID` for what is not offered. */
export function repositoryCalls(plane: DataPlane, answered: Answering) {
  return {
    RepositoryIndex: answered(({ repository_name, ready }: RepositoryIndexMessage) => {
      requireOneRepository(repository_name);
      const versions = plane.versions().filter(({ state }) => !ready || state === 'READY');
      return {
        models: versions.map(({ model, version, state, reason }) => ({
          name: model,
          version,
          state,
          reason,
        })),
      };
    }),
    RepositoryModelLoad: answered(async (message: RepositoryModelMessage) => {
      requireOneRepository(message.repository_name);
      requireNoneBut([], 'load', message);
      await plane.load(message.model_name);
      return {};
    }),
    RepositoryModelUnload: answered(async (message: RepositoryModelMessage) => {
      requireOneRepository(message.repository_name);
      // No model depends on another here, so either answer to the question is kept.
      requireNoneBut(['unload_dependents'], 'unload', message);
      await plane.unload(message.model_name);
      return {};
    }),
  };
}

function requireOneRepository(name: string): void {
  if (name === '') return;
  throw new RatchetError(
    'REQUEST_INVALID',
    `there is no repository "${shown(name)}", the only one has no name`,
  );
}

/** A model is loaded as its folder has it: settings in the request would be lost without a word. */
function requireNoneBut(
  allowed: readonly string[],
  call: string,
  { parameters }: RepositoryModelMessage,
): void {
  const other = Object.keys(parameters).find((name) => !allowed.includes(name));
  if (other === undefined) return;
  const which = allowed.length === 0 ? 'none' : allowed.join(', ');
  throw new RatchetError(
    'REQUEST_INVALID',
    `the parameter "${shown(other)}" is not known to ${call}, allowed: ${which}`,
  );
}
