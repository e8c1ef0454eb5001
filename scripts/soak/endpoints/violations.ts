import postgres from 'postgres';
import { messageOf } from '../../../domain/errors/ratchet-error.js';
import type { ChaosStack } from '../chaos/chaos-stack.js';
import { until } from '../chaos/until.js';
import { type Asking, firstNumber } from './asking.js';
import type { Struck } from './play-endpoint.js';
import type { ServedProject } from './project.js';
import { hostsOf } from './strike-host.js';

/** What was done in a seed, and what was answered meanwhile. */
export interface Seen {
  readonly served: ServedProject;
  readonly asking: Asking;
  readonly struck: readonly Struck[];
}

type Claims = readonly (readonly [boolean, string])[];
const broken = (claims: Claims) => claims.filter(([holds]) => !holds).map(([, words]) => words);

/** The drain of a revision that was replaced, and the delivery of what was recorded. */
const settlePatienceMs = 60_000;
/** Without these nothing answers until they are back. */
const answering: readonly string[] = ['host', 'endpoints'];

/** Every promise that does not hold after the releases of a seed. Empty is what it should be. */
export async function violationsOf(chaos: ChaosStack, seen: Seen): Promise<readonly string[]> {
  return [
    ...(await ofReleases(chaos, seen)),
    ...(await ofRevisions(chaos, seen)),
    ...ofAnswers(seen),
    ...(await ofRecord(chaos, seen)),
    ...(await leftovers(chaos, seen)),
  ];
}

async function ofReleases({ stores }: ChaosStack, { struck }: Seen): Promise<string[]> {
  const found = struck.map(async ({ release: { id, status, reason } }) => {
    const steps = await stores.releases.steps(id);
    const open = steps.filter((step) => step.status !== 'succeeded' && step.status !== 'skipped');
    const names = new Set(steps.map(({ name }) => name));
    return broken([
      [status === 'succeeded', `release ${id} is ${status}: ${reason}`],
      [open.length === 0, `release ${id} has ${open.map((step) => `${step.name} ${step.status}`)}`],
      [names.size === steps.length, `release ${id} has a step twice`],
    ]);
  });
  return (await Promise.all(found)).flat();
}

/** One revision of each release, one after the other, and the last of them live, wanted and answering. */
async function ofRevisions({ stores }: ChaosStack, { served, asking, struck }: Seen): Promise<string[]> {
  const revisions = (await stores.endpoints.revisions(served)).toReversed();
  const wanted = await stores.endpoints.wanted(served);
  const ids = revisions.map(({ revision }) => revision);
  const expected = [served.first.revision, ...struck.map(({ release }) => release.id)];
  const ends = revisions.slice(0, -1).map(({ until: end }) => end);
  const begins = revisions.slice(1).map(({ from }) => from);
  const word = await asking.word().catch(messageOf);
  return broken([
    [`${ids}` === `${expected}`, `the revisions are ${ids}, and the releases were ${expected}`],
    [`${ends}` === `${begins}`, `revisions end at ${ends}, and the next begin at ${begins}`],
    [revisions.at(-1)?.until === null, 'the last revision has ended'],
    [wanted?.revision === expected.at(-1), `revision ${wanted?.revision} is wanted`],
    [word === struck.at(-1)?.word, `the answer is of ${word}`],
  ]);
}

/** Requests may be lost only while what answers is away. */
function ofAnswers({ asking, struck }: Seen): string[] {
  const away = struck.filter(({ victim }) => answering.includes(victim));
  const lost = asking.failures.filter(
    (failure) => !away.some(({ fromMs, toMs }) => failure.toMs >= fromMs && failure.fromMs <= toMs),
  );
  return lost.map(({ words }) => `a request was lost while nothing that answers was killed: ${words}`);
}

/** What was answered is recorded, and nothing twice. */
async function ofRecord({ stack }: ChaosStack, { served, asking }: Seen): Promise<string[]> {
  const sql = postgres(stack.database.app, { max: 1, onnotice: () => undefined });
  const recorded = () => sql<{ x: number; times: number }[]>`
    select (p.inputs->>'x')::float8 as x, count(*)::int as times
    from predictions p join served_models s on s.id = p.served
    where s.project = ${served.project} and (p.inputs->>'x')::float8 >= ${firstNumber} group by 1`;
  const lacking = async () => {
    const found = new Set((await recorded()).map(({ x }) => x));
    return [...asking.answers].filter((x) => !found.has(x));
  };
  try {
    const isThere = async () => ((await lacking()).length === 0 ? true : undefined);
    await until('what was answered is recorded', settlePatienceMs, isThere).catch(() => undefined);
    const [lost, rows] = [await lacking(), await recorded()];
    return broken([
      [asking.answers.size > 0, 'nothing was answered'],
      [
        lost.length === 0,
        `${lost.length} of ${asking.answers.size} answers are not recorded, first ${lost[0]}`,
      ],
      [rows.every(({ times }) => times === 1), 'an answer is recorded more than once'],
    ]);
  } finally {
    await sql.end();
  }
}

/** What must be gone, and what must be there, when the releases are over. */
async function leftovers(chaos: ChaosStack, { served }: Seen): Promise<string[]> {
  const { watch, stack, temporal, stores } = chaos;
  const look = async () => {
    const wanted = (await stores.endpoints.allWanted()).reduce((sum, { replicas }) => sum + replicas, 0);
    const query = `ExecutionStatus = "Running" AND WorkflowId STARTS_WITH "release/${served.project}/"`;
    const { count } = await temporal.workflow.count(query);
    const down = Object.entries(stack.parts()).filter(([, { state }]) => state !== 'ready');
    return [
      ...broken([
        [hostsOf(chaos).length === wanted, `${hostsOf(chaos).length} hosts run, and ${wanted} are wanted`],
        [count === 0, `${count} workflows of releases are open`],
      ]),
      ...watch.orphans().map(({ pid, command }) => `process ${pid} is left: ${command}`),
      ...down.map(([name, { state }]) => `${name} is ${state}`),
    ];
  };
  const isClean = async () => ((await look()).length === 0 ? true : undefined);
  const clean = await until('nothing is left', settlePatienceMs, isClean).catch(() => false);
  return clean ? [] : look();
}
