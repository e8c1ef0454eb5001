import type { ConfigFinding } from '../config/config-problem.js';
import type { MonitoringConfig } from '../config/monitoring.js';
import { readQualityCondition } from './judge-conditions.js';

/** Conditions of `monitoring` that could never be answered. */
export function checkConditions({ monitoring }: { readonly monitoring: MonitoringConfig }): ConfigFinding[] {
  return Object.entries(monitoring.conditions).flatMap(([name, { when }]): ConfigFinding[] => {
    const read = readQualityCondition(when);
    if (read.kind === 'parsed') return [];
    const { came, allowed } = read;
    return [{ path: ['monitoring', 'conditions', name, 'when'], came, allowed }];
  });
}
