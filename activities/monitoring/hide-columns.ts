import type { ModelConfig } from '../../domain/config/model.js';
import type { MonitoringConfig } from '../../domain/config/monitoring.js';
import type { ReferenceProfile } from '../../domain/monitoring/profile/reference-profile.js';
import { hiddenColumns } from '../../domain/serving/record-rules.js';

/**
 * A reference without the inputs that are not recorded as they came: what is not known cannot be held against it. Whether
 * rows lie alone, or came before, is then not looked at either, since that takes whole rows.
 */
export function hideColumns(
  profile: ReferenceProfile,
  { purpose, evaluation }: Pick<ModelConfig, 'purpose' | 'evaluation'>,
  { record }: Pick<MonitoringConfig, 'record'>,
): ReferenceProfile {
  const hidden = hiddenColumns({ record, purpose, evaluation });
  const shown = Object.entries(profile.columns).filter(([name]) => !hidden.has(name));
  if (shown.length === Object.keys(profile.columns).length) return profile;
  const columns = Object.fromEntries(shown);
  return { ...profile, columns, outliers: null, repeated: { repeated: 0, rows: 0 } };
}
