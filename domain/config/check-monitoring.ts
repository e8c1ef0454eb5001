import { durationSeconds } from '../features/duration.js';
import type { ConfigFinding } from './config-problem.js';
import type { ModelConfig } from './model.js';
import type { MonitoringConfig } from './monitoring.js';
import type { RecordConfig } from './record.js';

const secondsOfDay = 86_400;

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
  return [
    ...lengths,
    ...unknown,
    ...checkKept(monitoring),
    ...checkRecord(monitoring.record, { evaluation, purpose }),
  ];
}

/** What is forgotten before its window is judged would be missing in it without a word. */
function checkKept({ windows, truth, record: { keepDays } }: MonitoringConfig): ConfigFinding[] {
  if (keepDays === undefined) return [];
  const neededSeconds = Math.max(
    ...[windows, truth].map(({ every, lateness }) => durationSeconds(every) + durationSeconds(lateness)),
  );
  const least = Math.ceil(neededSeconds / secondsOfDay) + 1;
  if (keepDays >= least) return [];
  const allowed = `at least ${least}, for the windows and what they wait for`;
  return [{ path: ['monitoring', 'record', 'keepDays'], came: `${keepDays}`, allowed }];
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
