/** An agent that deploys one revision, for who wants to see it killed. */
import type { WantedRevision } from '../../domain/ports/deployment-target.js';
import { openTestSwarm, openTestTarget, type TestAgent } from './test-target.js';

const { wanted, kind, ...agent } = JSON.parse(process.argv[2] ?? '') as TestAgent & {
  readonly wanted: WantedRevision;
  readonly kind?: 'swarm';
};
const open = kind === 'swarm' ? openTestSwarm : openTestTarget;
await open(agent).deploy(wanted, new AbortController().signal);
process.stdout.write('deployed\n');
