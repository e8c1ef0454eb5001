import { durationSeconds } from '../features/duration.js';
import type { ConfigFinding } from './config-problem.js';
import type { ModelConfig } from './model.js';
import type { RecordConfig } from './record.js';

/** A shorter window would be over before it has been looked at. */
const leastWindowSeconds = 60;

/** What the shape of `monitoring` cannot say by itself. */
export function checkMonitoring({
  monitoring,
  evaluation,
  purpose,
}: Pick<ModelConfig, 'monitoring' | 'evaluation' | 'purpose'>): ConfigFinding[] {
  const lengths = (['windows', 'truth'] as const).flatMap((line): ConfigFinding[] => {
    const { every } = monitoring[line];
    if (durationSeconds(every) >= leastWindowSeconds) return [];
    return [{ path: ['monitoring', line, 'every'], came: every, allowed: 'at least "1 minute"' }];
  });
  const unknown = monitoring.drift.ignore.flatMap((name, index): ConfigFinding[] =>
    evaluation.inputs.includes(name)
      ? []
      : [{ path: ['monitoring', 'drift', 'ignore', index], came: name, allowed: 'an input of the model' }],
  );
  return [...lengths, ...unknown, ...checkRecord(monitoring.record, { evaluation, purpose })];
}

function checkRecord(
  record: RecordConfig,
  { evaluation, purpose }: Pick<ModelConfig, 'evaluation' | 'purpose'>,
): ConfigFinding[] {
  const at = (...path: (string | number)[]) => ['monitoring', 'record', ...path];
  const known = { mask: evaluation.inputs, drop: evaluation.inputs, plain: purpose.sensitiveColumns };
  const allowed = {
    mask: 'an input of the model',
    drop: 'an input of the model',
    plain: 'a sensitive column',
  };
  const misfits = (['mask', 'drop', 'plain'] as const).flatMap((list) =>
    record[list].flatMap((name, index): ConfigFinding[] => {
      if (!known[list].includes(name)) return [{ path: at(list, index), came: name, allowed: allowed[list] }];
      const others = [...record.mask, ...record.drop, ...record.plain].filter((other) => other === name);
      return others.length > 1
        ? [{ path: at(list, index), came: name, allowed: 'a column in one list, once' }]
        : [];
    }),
  );
  if (record.mask.length === 0 || record.key !== undefined) return misfits;
  return [...misfits, { path: at('mask'), came: record.mask.join(', '), allowed: 'columns beside a "key"' }];
}
