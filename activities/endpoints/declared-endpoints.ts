import type { EndpointRecord } from '../../domain/ports/endpoints.js';
import type { WatchRecord } from '../../domain/ports/watches.js';
import { recordRules } from '../../domain/serving/record-rules.js';
import type { ReadModels } from '../projects/read-models.js';

/** Endpoints as the files of the models declare them. */
export function declaredEndpoints({
  files,
}: Pick<ReadModels, 'files'>): readonly Pick<EndpointRecord, 'model' | 'endpoint' | 'config'>[] {
  return [...files].flatMap(([model, { serving, monitoring, purpose, evaluation }]) => {
    const record = recordRules({
      record: monitoring.record,
      sources: monitoring.truth.sources,
      purpose,
      evaluation,
    });
    return Object.entries(serving).map(([endpoint, config]) => ({
      ...{ model, endpoint },
      config: record === null ? config : { ...config, record },
    }));
  });
}

/** How each of them is watched, and what its answers are worth: as its model says. */
export function declaredWatches({
  files,
}: Pick<ReadModels, 'files'>): readonly Pick<WatchRecord, 'endpoint' | 'config'>[] {
  return [...files].flatMap(([, { serving, monitoring, value }]) => {
    const config = value === undefined ? monitoring : { ...monitoring, value };
    return Object.keys(serving).map((endpoint) => ({ endpoint, config }));
  });
}
