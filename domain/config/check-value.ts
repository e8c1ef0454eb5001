import type { ConfigFinding } from './config-problem.js';
import type { ModelConfig } from './model.js';

/** By task, the key that says what a row is worth. */
const partOfTask = { classification: 'outcomes', regression: 'answers' } as const;

/** What the shape of `value` cannot say by itself. */
export function checkValue({
  value,
  evaluation,
}: Pick<ModelConfig, 'value' | 'evaluation'>): ConfigFinding[] {
  if (value === undefined) return [];
  const { task } = evaluation;
  if (task !== 'classification' && task !== 'regression') {
    const allowed = 'this key only for a classification or a regression: no truth comes of another task';
    return [{ path: ['value'], came: `given for the task ${task}`, allowed, at: 'key' }];
  }
  const wanted = partOfTask[task];
  const lacking: ConfigFinding[] =
    value[wanted] === undefined
      ? [{ path: ['value', wanted], came: 'nothing', allowed: `what a row is worth, for a ${task}` }]
      : [];
  const other = wanted === 'outcomes' ? 'answers' : 'outcomes';
  if (value[other] === undefined) return lacking;
  const came = `given for the task ${task}`;
  return [...lacking, { path: ['value', other], came, allowed: `"${wanted}" in its place`, at: 'key' }];
}
