import { join } from 'node:path';
import { quoteText } from '../../../domain/features/quote.js';
import type { JobFile } from './job.js';

/**
 * The settings under which SQL of others may run, in the order in which they must come: no extensions, bounded memory
 * and threads, files only in the job's folder and among its inputs, and none of it can be changed any more. Time is UTC.
 */
export function lockDownSql(job: Omit<JobFile, 'steps' | 'database'>): string {
  const paths = job.inputs.map(quoteText).join(', ');
  return [
    `set TimeZone = 'UTC'`,
    'set autoinstall_known_extensions = false',
    'set autoload_known_extensions = false',
    `set memory_limit = '${job.memoryMiB}MiB'`,
    `set threads = ${job.threads}`,
    `set temp_directory = ${quoteText(join(job.folder, 'tmp'))}`,
    `set allowed_directories = [${quoteText(`${job.folder}/`)}]`,
    `set allowed_paths = [${paths}]`,
    'set enable_external_access = false',
    'set lock_configuration = true',
  ].join('; ');
}
