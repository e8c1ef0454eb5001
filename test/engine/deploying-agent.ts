/** An agent that deploys one revision, for who wants to see it killed. */
import type { WantedRevision } from '../../domain/ports/deployment-target.js';
import { openTestTarget, type TestAgent } from './test-target.js';

const { wanted, ...agent } = JSON.parse(process.argv[2] ?? '') as TestAgent & {
  readonly wanted: WantedRevision;
};
await openTestTarget(agent).deploy(wanted, new AbortController().signal);
process.stdout.write('deployed\n');
