import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ProcessIdentity } from '../../../machine/process-identity.js';
import { keptShape } from '../../../serving/supervisor/shapes.js';

/** Hosts that are remembered of the endpoint of the tests. */
export function readHosts(dir: string): readonly ProcessIdentity[] {
  const file = join(dir, 'flights', 'late', '.endpoint.json');
  return keptShape.parse(JSON.parse(readFileSync(file, 'utf8'))).hosts;
}
