import type { EndpointRecord } from '../../domain/ports/endpoints.js';
import type { ReadModels } from '../projects/read-models.js';

/** Endpoints as the files of the models declare them. */
export function declaredEndpoints({
  files,
}: Pick<ReadModels, 'files'>): readonly Pick<EndpointRecord, 'model' | 'endpoint' | 'config'>[] {
  return [...files].flatMap(([model, { serving }]) =>
    Object.entries(serving).map(([endpoint, config]) => ({ model, endpoint, config })),
  );
}
