import type { MonitoringConfig } from '../config/monitoring.js';
import type { EvaluationTask } from '../metrics/evaluation.js';
import { defaultPersistence } from './persistence.js';

type Conditions = MonitoringConfig['conditions'];

/** What is asked of a window where nobody declares it: that the answers say more than their own mean would. */
const unlessDeclared: Readonly<Partial<Record<EvaluationTask, Conditions>>> = {
  classification: { 'no-skill': { when: 'metrics.skill < 0.0', persistence: defaultPersistence } },
  regression: { 'no-skill': { when: 'metrics.r2 < 0.0', persistence: defaultPersistence } },
};

/** The declared conditions, or the one that stands where there is none. */
export function qualityConditions(declared: Conditions, task: EvaluationTask): Conditions {
  return Object.keys(declared).length > 0 ? declared : (unlessDeclared[task] ?? {});
}
