import type { RunStore } from '../domain/ports/runs.js';
import type { Database } from './client.js';
import { listRuns } from './run-list.js';
import { createRunRecords, runOwner } from './run-records.js';
import { createRunScores } from './run-scores.js';
import { createRunSeries } from './run-series.js';
import { createStepFindings } from './step-findings.js';
import { readStepTime } from './step-time.js';
import { createSteps } from './steps.js';

export function createRunStore(database: Database): RunStore {
  return {
    ...createRunRecords(database),
    list: (filter) => listRuns(database, filter),
    ...createSteps(database, runOwner),
    ...createRunSeries(database),
    ...createRunScores(database),
    ...createStepFindings(database, runOwner),
    timeOfStep: (asked) => database.query((session) => readStepTime(session, asked)),
  };
}
