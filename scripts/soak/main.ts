import { parseArgs } from 'node:util';
import { soakChaos } from './chaos/soak-chaos.js';
import { soakClaims } from './claims/soak-claims.js';
import { soakEndpoints } from './endpoints/soak-endpoints.js';
import { soakReleases } from './releases/soak-releases.js';
import { seedsOfCommit } from './seeds-of-commit.js';
import { soakServing } from './serving/soak-serving.js';
import { soakPorts } from './soak-ports.js';
import { soakVotes } from './votes/soak-votes.js';
import { soakWatch } from './watch/soak-watch.js';

const usage = `npm run soak -- [--suite ports] [--seeds 500] [--first 1] [--seed N]
Plays runs over ports that fail, each seed with faults of its own, and checks what must hold after each.

npm run soak -- --suite chaos [--seeds 3] [--first N] [--seed N]
The same on a whole stack of its own, whose processes are killed one after another. Without a seed: those of the commit.

npm run soak -- --suite votes [--seeds 100] [--first 1] [--seed N]
People vote on a whole stack of its own, and while each vote is cast a process is killed.

npm run soak -- --suite endpoints [--seeds 20] [--first 1] [--seed N]
Changes of serving code are shipped on a whole stack of its own; in a step of each release a process is killed, and the
endpoint is asked all the while.

npm run soak -- --suite serving [--requests 100000] [--seeds 1] [--first 1] [--seed N]
Asks a model server so often, with a slow model, reloads, bad requests and health checks beside, and checks every answer.

npm run soak -- --suite releases [--seeds 24] [--first 1] [--seed N]
Releases changes of serving code to containers, and kills the processes that do it, each seed in other steps.

npm run soak -- --suite watch [--seeds 100] [--first 1] [--seed N]
Ninety days of an endpoint's traffic go by, with truth that is late; the processes that judge them, and Postgres, are killed.

npm run soak -- --suite claims [--seeds 1] [--first 1] [--seed N]
Measures how often windows without drift alarm, and how often three columns of twenty that moved are found.

--seed plays one seed and tells what happened.`;

const { values } = parseArgs({
  options: {
    suite: { type: 'string', default: 'ports' },
    seeds: { type: 'string' },
    first: { type: 'string' },
    seed: { type: 'string' },
    requests: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) console.log(usage);
else await soak();

async function soak(): Promise<void> {
  const first = wholeNumber('seed', values.seed) ?? wholeNumber('first', values.first);
  const count = values.seed === undefined ? wholeNumber('seeds', values.seeds) : 1;
  const isTold = values.seed !== undefined;
  if (values.suite === 'ports') {
    process.exitCode = (await soakPorts(numbersFrom(first ?? 1, count ?? 500), isTold)) ? 0 : 1;
  } else if (values.suite === 'chaos') {
    const seeds = first === undefined ? (await seedsOfCommit()).seeds : numbersFrom(first, count ?? 3);
    process.exitCode = (await soakChaos(seeds)) ? 0 : 1;
  } else if (values.suite === 'votes') {
    process.exitCode = (await soakVotes(numbersFrom(first ?? 1, count ?? 100))) ? 0 : 1;
  } else if (values.suite === 'endpoints') {
    process.exitCode = (await soakEndpoints(numbersFrom(first ?? 1, count ?? 20))) ? 0 : 1;
  } else if (values.suite === 'serving') {
    const requests = wholeNumber('requests', values.requests) ?? 100_000;
    process.exitCode = (await soakServing(numbersFrom(first ?? 1, count ?? 1), requests)) ? 0 : 1;
  } else if (values.suite === 'releases') {
    process.exitCode = (await soakReleases(numbersFrom(first ?? 1, count ?? 24))) ? 0 : 1;
  } else if (values.suite === 'watch') {
    process.exitCode = (await soakWatch(numbersFrom(first ?? 1, count ?? 100))) ? 0 : 1;
  } else if (values.suite === 'claims') {
    process.exitCode = soakClaims(numbersFrom(first ?? 1, count ?? 1)) ? 0 : 1;
  } else {
    const allowed = 'ports, chaos, votes, endpoints, serving, releases, watch and claims';
    throw new Error(`--suite is ${values.suite}, allowed are ${allowed}`);
  }
}

function numbersFrom(first: number, count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => first + index);
}

function wholeNumber(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= 0) return value;
  throw new Error(`--${name} is ${text}, allowed is a whole number`);
}
