import { durationSeconds } from '../features/duration.js';
import type { ConfigFinding } from './config-problem.js';
import type { ModelConfig } from './model.js';

/** A shorter window would be over before it has been looked at. */
const leastWindowSeconds = 60;

/** What the shape of `monitoring` cannot say by itself. */
export function checkMonitoring({
  monitoring,
  evaluation,
}: Pick<ModelConfig, 'monitoring' | 'evaluation'>): ConfigFinding[] {
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
  return [...lengths, ...unknown];
}
