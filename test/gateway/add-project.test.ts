import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createProjectActivities } from '../../activities/projects/project-activities.js';
import { failureFor } from '../../activities/steps/failure-for.js';
import type { ApplyProjectInput } from '../../domain/lifecycle/apply-project.js';
import { queues } from '../../domain/names.js';
import { createMemoryGit, type MemoryTree } from '../fakes/memory-git.js';
import { testStack } from '../setup/stack.js';
import { workflowBundle } from '../setup/workflow-bundle.js';
import { type GatewayRoom, openGatewayRoom } from './gateway-room.js';
import { membersOf, tokenOf } from './people.js';

let room: GatewayRoom;
let connection: NativeConnection;
let worker: Worker;
let working: Promise<unknown>;
/** Lisa may read the first project again, and is nobody in the second. */
let [mine, theirs]: readonly string[] = [];
let lisa: string;
/** Files by commit, whatever the repository. */
const trees: Record<string, MemoryTree> = {};

/** The real story and its activities over the stores of the gateway; Git is in memory. */
beforeAll(async () => {
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  room = await openGatewayRoom();
  [mine, theirs] = [await room.newProject(), await room.newProject()];
  ({ lisa } = await membersOf(room, mine, { lisa: ['admin'] }));
  const { temporal } = testStack().config;
  connection = await NativeConnection.connect({ address: temporal.address });
  // What there is to declare, and the inbox, are for suites of their own.
  const noSchedules = { created: [], updated: [], putBack: [], removed: [] };
  const { readProject } = createProjectActivities({ ...room.deps, git: createMemoryGit(trees) });
  const asOnAWorker = (input: ApplyProjectInput) =>
    readProject(input).catch((error: unknown) => {
      throw failureFor(error, 1);
    });
  worker = await Worker.create({
    connection,
    namespace: temporal.namespace,
    taskQueue: queues.orchestrator,
    workflowBundle: await workflowBundle(),
    activities: { readProject: asOnAWorker, declareSchedules: async () => noSchedules },
  });
  working = worker.run();
});
afterAll(async () => {
  worker.shutdown();
  await working;
  await connection.close();
  await room.close();
});

/** Reads a repository again whose file says it is this project now, and of the organisation. */
function apply(repo: string | undefined, project: string | undefined, token?: string) {
  const ref = (Object.keys(trees).length + 1).toString(16).padStart(40, '0');
  trees[ref] = {
    'ratchet.project.yaml': `version: 1\nproject: ${project}\norganisation: true\nmodels: []\nsources: {}\n`,
    'policy.yaml': 'version: 1\nrules: [{ name: enough, require: dataset.rows.test >= 100 }]\n',
  };
  const body = { repo: `/repositories/${repo}`, ref };
  return room.ask('post', '/api/v1/projects', { body, ...(token === undefined ? {} : { token }) });
}
const errorOf = async (asked: ReturnType<typeof apply>) => {
  const { status, body } = await asked;
  return [status, body.error.code, body.error.message];
};
const notYours = (project: string | undefined) => [
  403,
  'FORBIDDEN',
  `the repository says that it is project "${project}", which is none of yours: a project is added by an administrator`,
];

describe('who may read the repository of a project again', () => {
  it('does not add another project that its file names, nor learns whether there is one', async () => {
    expect(await errorOf(apply(mine, 'a-new-one', lisa))).toEqual(notYours('a-new-one'));
    expect(await errorOf(apply(mine, theirs, lisa))).toEqual(notYours(theirs));
    const names = (await room.deps.projects.list()).map(({ name }) => name);
    expect(names).toEqual([mine, theirs]);
  });

  it('does not make it that of the organisation', async () => {
    const [status, code, message] = await errorOf(apply(mine, mine, lisa));
    expect([status, code]).toEqual([403, 'FORBIDDEN']);
    expect(message).toContain(`"organisation" of project "${mine}" is turned on by an administrator alone`);
    expect(await room.deps.policies.inForce(null, null)).toBeUndefined();
  });

  it('does neither with the token of an administrator that is for the project alone', async () => {
    const narrowed = await tokenOf(room, 'root', { admin: true, onlyProject: mine ?? '' });
    expect(await errorOf(apply(mine, 'a-new-one', narrowed))).toEqual(notYours('a-new-one'));
    expect((await apply(mine, mine, narrowed)).status).toBe(403);
    expect((await apply('elsewhere', 'a-new-one', narrowed)).status).toBe(403);
  });
});

describe('an administrator', () => {
  it("adds the organisation's project, which every project is judged by and the lists tell", async () => {
    const { status, body } = await apply('house', 'house');
    expect([status, body.organisation, body.models]).toEqual([200, true, []]);
    const { body: listed } = await room.ask('get', '/api/v1/projects');
    const told = listed.projects.map((row: Record<string, unknown>) => [row['name'], row['organisation']]);
    expect(told).toEqual([
      ['house', true],
      [mine, false],
      [theirs, false],
    ]);
    const path = `/api/v1/projects/${mine}/policies`;
    const { body: inForce } = await room.ask('get', path, { token: lisa });
    expect(inForce.policies).toMatchObject([{ project: null, model: null, commit: body.commit }]);
  });

  it('is told which project is the organisation where another would be too', async () => {
    const refused = [409, 'CONFLICT', expect.stringContaining('project "house" is the organisation\'s')];
    expect(await errorOf(apply('second', 'second'))).toEqual(refused);
    expect(await errorOf(apply(mine, mine))).toEqual(refused);
    expect(await errorOf(apply('second', theirs))).toEqual([
      409,
      'CONFLICT',
      `project "${theirs}" belongs to another repository`,
    ]);
  });
});
