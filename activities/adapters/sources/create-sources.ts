import type { Secrets } from '../../../domain/ports/secrets.js';
import type { Sources } from '../../../domain/ports/sources.js';
import { createPostgresSource } from './postgres-source.js';
import type { PlatformS3 } from './s3-connection.js';
import { createS3Source } from './s3-source.js';

/** Opens the data sources of projects. `defaultS3` is the platform's own service, for sources without an endpoint. */
export function createSources(deps: { readonly secrets: Secrets; readonly defaultS3: PlatformS3 }): Sources {
  return {
    sql: (spec) => createPostgresSource(spec, deps.secrets),
    objects: (spec) => createS3Source(spec, deps.secrets, deps.defaultS3),
  };
}
