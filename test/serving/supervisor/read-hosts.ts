import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ProcessIdentity } from '../../../machine/process-identity.js';
import { type KeptEndpoint, keptShape } from '../../../serving/supervisor/shapes.js';

/** What is remembered of the endpoint of the tests. */
export function readKept(dir: string): KeptEndpoint {
  const file = join(dir, 'flights', 'late', '.endpoint.json');
  return keptShape.parse(JSON.parse(readFileSync(file, 'utf8')));
}

export const readHosts = (dir: string): readonly ProcessIdentity[] => readKept(dir).hosts;
