import { execFile, execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe } from 'vitest';
import { packageRoot } from '../../stack/package-root.js';

export const deployed = join(packageRoot(), 'deploy/monitoring');

/** Debian has another name for it. */
const alertmanagers = ['prometheus-alertmanager', 'alertmanager'];

export const alertmanagerProgram = alertmanagers.find(isThere) ?? 'alertmanager';

const isComplete = ['prometheus', 'promtool', 'amtool', alertmanagerProgram].every(isThere);

/** Suites that need Prometheus and Alertmanager: skipped on a machine without them, which CI is not. */
export const describePrometheus = describe.skipIf(!isComplete && process.env['CI'] !== 'true');

export const run = promisify(execFile);

function isThere(program: string): boolean {
  try {
    execFileSync(program, ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
