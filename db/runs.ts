import type { RunStore } from '../domain/ports/runs.js';
import type { Database } from './client.js';
import { createRunFindings } from './run-findings.js';
import { listRuns } from './run-list.js';
import { createRunRecords } from './run-records.js';
import { createRunSeries } from './run-series.js';
import { createRunSteps } from './run-steps.js';

export function createRunStore(database: Database): RunStore {
  return {
    ...createRunRecords(database),
    list: (filter) => listRuns(database, filter),
    ...createRunSteps(database),
    ...createRunSeries(database),
    ...createRunFindings(database),
  };
}
