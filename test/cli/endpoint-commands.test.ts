import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { workflowIds } from '../../domain/names.js';
import { declaringCommit, moment } from '../conformance/serving-subject.js';
import { listenAsEndpoint, type ServingWorld, servingWorld } from '../gateway/serving-world.js';
import { type ServedGateway, serveGateway } from './served-gateway.js';

let served: ServedGateway;
let answering: Awaited<ReturnType<typeof listenAsEndpoint>>;
let project: string;
let web: string;
let world: ServingWorld;
beforeAll(async () => {
  served = await serveGateway();
  answering = await listenAsEndpoint();
  project = await served.room.newProject();
  // What nobody wants is not looked at: no worker is here that could.
  world = await servingWorld(served.room, project, { http: answering.url, isWanted: false });
  web = `${project}/web`;
});
afterAll(async () => {
  answering.server.close();
  await served.close();
});

const ratchet = (...args: string[]) => served.ratchet(...args);

describe('ratchet endpoint', () => {
  it('lists endpoints with what is live and where', async () => {
    const { exitCode, stdout, stderr } = await ratchet('endpoint', 'list', project);
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^endpoint +model +target +live +since +address\n/);
    expect(stdout).toContain(`revision 2, version 1`);
    expect(stdout).toContain(answering.url);
    const { json } = await ratchet('endpoint', 'list', project, '--json');
    expect(json).toEqual((await served.room.ask('GET', `/api/v1/endpoints?project=${project}`)).body);
  });

  it('shows what was live when: from, until, version, code and image', async () => {
    const { exitCode, stdout } = await ratchet('endpoint', 'show', web);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/\nrevision +from +until +version +code +image +release\n/);
    const [first, second] = world.releases;
    const rows = stdout.split('\n').map((line) => line.trim().split(/ {2,}/));
    expect(rows).toContainEqual([
      ...['2', moment(11), 'now', '1', 'b'.repeat(12), `sha256:${'5'.repeat(12)}`, second],
    ]);
    expect(rows).toContainEqual(['1', moment(1), moment(11), '1', 'stock', 'none', first]);
    const { json } = await ratchet('endpoint', 'show', web, '--json');
    expect(json.revisions).toHaveLength(2);
  });

  it('asks one with rows from the command or from a file, as they were written', async () => {
    const answer = (rows: string) => `{"predictions":${rows},"path":"/predict"}\n`;
    const rows = '[[9007199254740993, 0.10]]';
    expect((await ratchet('endpoint', 'predict', web, '--rows', rows)).stdout).toBe(answer(rows));
    const folder = await mkdtemp(join(tmpdir(), 'rows of '));
    const file = join(folder, 'rows.json');
    await writeFile(file, '{"x": [1]}');
    expect((await ratchet('endpoint', 'predict', web, '--file', file)).stdout).toBe(answer('{"x": [1]}'));
    await rm(folder, { recursive: true });
  });

  it.each([
    [[], 'the rows come from one of --rows and --file'],
    [['--rows', '[]', '--file', 'x'], 'the rows come from one of --rows and --file'],
    [['--rows', '{x}'], 'the rows are no JSON'],
    [['--file', '/nowhere/rows.json'], '/nowhere/rows.json cannot be read'],
  ])('asks nothing with %j', async (args, words) => {
    const { exitCode, stderr } = await ratchet('endpoint', 'predict', web, ...args);
    expect(stderr).toContain(words);
    expect(exitCode).toBe(2);
  });

  it('says that nothing was written where nothing ran', async () => {
    const { exitCode, stdout, stderr } = await ratchet('endpoint', 'logs', web);
    expect([exitCode, stdout, stderr]).toEqual([0, '', `nothing of ${web} wrote anything\n`]);
  });

  it.each([
    ['release', []],
    ['rollback', []],
    ['scale', ['3']],
  ])('%s begins a release and says how to follow it', async (verb, more) => {
    const { exitCode, stdout } = await ratchet('endpoint', verb, web, ...more, '--reason', 'it is slow');
    const [id = ''] = stdout.split('\n');
    expect([exitCode, stdout]).toEqual([0, `${id}\nfollow it with: ratchet release watch ${id}\n`]);
    const shown = await ratchet('release', 'show', id);
    expect(shown.stdout).toMatch(/cause +manual by admin\n/);
    expect(shown.stdout).toContain('it is slow');
    const cancelled = await ratchet('release', 'cancel', id);
    expect(cancelled.stdout).toBe(`${id} is being cancelled\n`);
    const { client, releases } = served.room.deps;
    await client.workflow.getHandle(workflowIds.releaseServing(project, 'web', id)).terminate();
    await releases.setStatus(id, 'cancelled', 'asked to');
    const watched = await ratchet('release', 'watch', id);
    expect([watched.exitCode, watched.stderr]).toEqual([3, `CONFLICT: release ${id} was cancelled\n`]);
  });

  it.each(['0', '33', 'many'])('does not scale to %s', async (count) => {
    const { exitCode, stderr } = await ratchet('endpoint', 'scale', web, count);
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('allowed is 1 to 32, or git')]);
  });

  it('says where an endpoint is written otherwise than it is named', async () => {
    const { exitCode, stderr } = await ratchet('endpoint', 'show', 'web');
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('<project>/<endpoint>')]);
    expect((await ratchet('endpoint', 'show', `${project}/none`)).exitCode).toBe(4);
  });
});

describe('ratchet release', () => {
  it('lists releases of a project and of an endpoint, and shows one with its steps', async () => {
    const { stdout } = await ratchet('release', 'list', web, '--status', 'succeeded');
    expect(stdout).toMatch(/^release +endpoint +kind +status +version +code +cause +started +took\n/);
    for (const id of world.releases) expect(stdout).toContain(id);
    const shown = await ratchet('release', 'show', world.releases[1]);
    expect(shown.stdout).toMatch(/\ntest +succeeded +1 +/);
    expect(shown.stdout).toContain(`what answers: ratchet endpoint show ${web}`);
    expect((await ratchet('release', 'logs', world.releases[1])).stdout).toBe('ok 3 tests\n');
  });

  it('follows one that has ended well to its end', async () => {
    const { exitCode, stdout } = await ratchet('release', 'watch', world.releases[0]);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('test      succeeded');
  });
});

describe('ratchet image', () => {
  it('lists images, and shows one by the beginning of its digest', async () => {
    const { stdout } = await ratchet('image', 'list', project);
    expect(stdout).toContain(`sha256:${'5'.repeat(64)}`);
    const shown = await ratchet('image', 'show', 'sha256:555');
    expect(shown.stdout).toContain(`ran at ${web} as revision 2, ${moment(11)} to now`);
    expect((await ratchet('image', 'show', '666')).exitCode).toBe(4);
  });

  it('tells when what is live was scanned again, and what is refused of it, here and at its endpoint', async () => {
    const image = await ratchet('image', 'show', '555');
    expect(image.stdout).toContain('  scanned: not again since its release\n');
    await served.room.deps.imageScans.put({
      ...{ ...world.name, imageDigest: `sha256:${'5'.repeat(64)}`, verdict: 'fail', packages: 9 },
      reasons: [{ rule: 'vulnerabilities-critical', verdict: 'fail', text: '1 found', actual: 1, limit: 0 }],
      ...{ refused: ['CVE-1 in curl 8'], refusedDigest: '0'.repeat(64), advisories: null },
      ...{ databaseOf: moment(20), scannedAt: moment(30) },
    });
    const scan = `fail at ${moment(30)}, 9 packages, advisories of ${moment(20)}\n`;
    const refused = 'refused by a scan of today: CVE-1 in curl 8\n';
    const again = await ratchet('image', 'show', '555');
    expect(again.stdout).toContain(`  scanned: ${scan}  ${refused}`);
    const shown = await ratchet('endpoint', 'show', web);
    expect(shown.stdout).toMatch(/\nimage scan +fail at /);
    expect(shown.stdout).toContain(`${scan}`);
    expect(shown.stdout).toContain(refused);
  });

  it('says why there is none', async () => {
    const empty = await served.room.newProject();
    const { stdout } = await ratchet('image', 'list', empty);
    expect(stdout).toBe('no image: no revision ran one; where an engine is, a release builds one\n');
  });
});

describe('an endpoint that Git does not declare any more', () => {
  it('says so, in the list and by itself', async () => {
    await served.room.deps.endpoints.declare(project, declaringCommit, [], 'ann');
    expect((await ratchet('endpoint', 'list', project)).stdout).toMatch(/ retired /);
    const { stdout } = await ratchet('endpoint', 'show', web);
    expect(stdout).toMatch(/retired +since \S+: Git does not declare it any more\n/);
  });
});
