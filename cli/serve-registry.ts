import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { parseModelReferences } from '../domain/serving/model-reference.js';
import { servingEnvironment } from '../stack/serving-environment.js';
import { stackPaths } from '../stack/stack-paths.js';

/**
 * Settings of a server of registry models that keeps in the state folder what it served. Errors: `NAME_INVALID`, and
 * those of `servingEnvironment`.
 */
export function registrySettings(
  models: readonly string[],
  stateDir: string,
  env: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  parseModelReferences(models);
  const { serving } = stackPaths(stateDir);
  const name = createHash('sha256').update(models.toSorted().join()).digest('hex').slice(0, 16);
  return {
    ...servingEnvironment(stateDir, env),
    RATCHET_SERVING_MODELS: models.join(','),
    RATCHET_SERVING_MANIFEST: join(serving, 'manifests', `${name}.json`),
    RATCHET_SERVING_CACHE_DIR: join(serving, 'cache'),
  };
}
