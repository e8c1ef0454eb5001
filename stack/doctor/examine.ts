import { existsSync, realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import { stackPaths } from '../stack-paths.js';
import { engineFindings } from './engine.js';
import type { Finding } from './finding.js';
import { isolationFinding } from './isolation.js';
import { machineFindings, reachFindings } from './machine.js';
import { postgresFindings } from './postgres.js';
import { toolFindings } from './tools.js';

/** What this machine has and lacks for a stack in this state folder. Changes nothing. */
export async function examine(stateDir: string, env: NodeJS.ProcessEnv): Promise<readonly Finding[]> {
  const folder = resolve(stateDir);
  const paths = stackPaths(existsSync(folder) ? realpathSync(folder) : folder);
  return [
    ...toolFindings(),
    ...engineFindings(),
    ...(await postgresFindings(paths)),
    await isolationFinding({ ...env, RATCHET_STATE_DIR: paths.state }),
    ...machineFindings(paths),
    ...(await reachFindings(paths)),
  ];
}
