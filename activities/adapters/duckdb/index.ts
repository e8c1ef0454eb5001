export type { JobResults, JobRow, JobStep } from './job.js';
export { withOwnDuckdb } from './own-duckdb.js';
export { type Column, readColumns } from './read-columns.js';
export { readForeignColumns } from './read-foreign-columns.js';
export { type DuckdbJob, runDuckdbJob } from './run-duckdb-job.js';
