import { runs } from './runs.js';
import { stepTables } from './step-tables.js';

export const {
  steps: runSteps,
  results: runResults,
  refusals: runRefusals,
  logs: runLogs,
} = stepTables('run', () => runs.id);
