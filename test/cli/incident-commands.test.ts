import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { moment } from '../conformance/serving-subject.js';
import { servingWorld, watchedEndpoint } from '../gateway/serving-world.js';
import { type ServedGateway, serveGateway } from './served-gateway.js';

const id = 'inc-0123456789abcdef0123';
let served: ServedGateway;
let web: string;
let project: string;
beforeAll(async () => {
  served = await serveGateway();
  project = await served.room.newProject();
  await servingWorld(served.room, project, { isWanted: false });
  await watchedEndpoint(served.room, project, id);
  web = `${project}/web`;
});
afterAll(() => served.close());

const ratchet = (...args: string[]) => served.ratchet(...args);
/** Until the watcher has asked twice more: what was written before is seen. */
async function look(): Promise<void> {
  const until = served.answered() + 4;
  while (served.answered() < until) await sleep(20);
}

describe('ratchet monitor', () => {
  it('shows the last windows, what failed of them and what is open', async () => {
    const { exitCode, stdout, stderr } = await ratchet('monitor', 'show', web);
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(stdout).toContain('watched         yes');
    expect(stdout).toContain('traffic         none yet');
    expect(stdout).toContain(`covariate-drift (${id})`);
    expect(stdout).toMatch(/400 +fail +34560000 +seats +seats 0\.40/);
    expect(stdout).toContain('no window of truth was judged yet');
    expect(stdout).toContain(`why: ratchet incident explain ${id}`);
    const { json } = await ratchet('monitor', 'show', web, '--json');
    expect(json.inputs).toMatchObject([{ from: moment(0), to: moment(1), rows: 400 }]);
  });

  it('writes a report that is one page', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'ratchet-report-'));
    const out = join(folder, 'web.html');
    const { exitCode, stdout } = await ratchet('monitor', 'report', web, '--out', out);
    expect([exitCode, stdout]).toEqual([0, `${out} has 5 charts\n`]);
    const html = await readFile(out, 'utf8');
    expect(html).toContain(`<h1>Monitoring of ${web}</h1>`);
    expect(html).toContain(id);
    const { json } = await ratchet('monitor', 'report', web, '--out', out, '--json');
    expect(json).toMatchObject({ file: out, bytes: Buffer.byteLength(html), charts: expect.any(Array) });
    const nowhere = await ratchet('monitor', 'report', web, '--out', join(folder, 'none', 'web.html'));
    expect([nowhere.exitCode, nowhere.stderr]).toEqual([2, expect.stringContaining('--out')]);
    await rm(folder, { recursive: true });
  });

  it('follows what is judged and what opens until it is told to end', async () => {
    const listeners = process.listenerCount('SIGINT');
    const watching = served.ratchet('monitor', 'watch', web);
    const { watches } = served.room.deps;
    const newest = await watches.newest({ project, endpoint: 'web' }, 'inputs');
    if (newest === undefined) throw new Error('no window was judged');
    await look();
    await watches.keep({ ...newest, from: moment(1), to: moment(2), verdict: 'pass', verdicts: {} }, []);
    await look();
    expect(process.listenerCount('SIGINT')).toBe(listeners + 1);
    process.emit('SIGINT');
    const { exitCode, stdout, stderr } = await watching;
    expect([exitCode, stderr]).toEqual([0, '']);
    const span = (from: number) => `${moment(from).slice(0, 16)} to ${moment(from + 1).slice(0, 16)}`;
    expect(stdout.split('\n')).toEqual([
      `inputs ${span(0)}  fail: seats  400 rows of version 1`,
      `incident covariate-drift (${id}) open, goes to record`,
      `inputs ${span(1)}  pass  400 rows of version 1`,
      '',
    ]);
  });

  it('exports the raw record as a file of its own, and replaces none where it fails', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'ratchet-export-'));
    const out = join(folder, 'web.csv');
    const span = ['--from', '2013-04-01T00:00:00Z', '--to', '2013-05-01T00:00:00Z', '--out', out];
    const { stdout, stderr } = await ratchet('monitor', 'export', web, ...span);
    expect([stdout, stderr]).toEqual([`${out} has 0 rows\n`, '']);
    expect(await readFile(out, 'utf8')).toMatch(/^model,version,id,row,at,eventAt,unit,forFeedback,truth,/);
    const backwards = await ratchet('monitor', 'export', web, ...span, '--from', '2014-01-01T00:00:00Z');
    expect([backwards.exitCode, backwards.stderr]).toEqual([2, expect.stringContaining('a time after from')]);
    const parquet = ['--format', 'parquet', '--json'];
    expect((await ratchet('monitor', 'export', web, ...span, ...parquet)).json).toMatchObject({ rows: 0 });
    expect(await readdir(folder)).toEqual(['web.csv']);
    await rm(folder, { recursive: true });
  });

  it('is silent until an end that lies ahead', async () => {
    const silence = ['monitor', 'silence', web, '--reason', 'a fair', '--kind', 'covariate-drift', '--until'];
    const { stdout } = await ratchet(...silence, '2099-01-01T01:00:00+01:00');
    expect(stdout).toBe(`${web} is silent until 2099-01-01T00:00:00.000Z\n`);
    const past = await ratchet(...silence, '2020-01-01T00:00:00Z');
    expect([past.exitCode, past.stderr]).toEqual([2, expect.stringContaining('allowed is a time to come')]);
    expect((await ratchet('monitor', 'show', web)).stdout).toContain('silent');
  });

  it('names an endpoint that there is not', async () => {
    expect(await ratchet('monitor', 'show', `${project}/nowhere`)).toMatchObject({ exitCode: 4 });
  });
});

describe('ratchet incident', () => {
  it('lists incidents with whom each goes to', async () => {
    const { stdout } = await ratchet('incident', 'list', web, '--open');
    expect(stdout).toMatch(/^incident +endpoint +kind +opened +goes to +run +closed\n/);
    expect(stdout).toMatch(new RegExp(`${id} +${web} +covariate-drift +${moment(1)} +record +- +open`));
    expect((await ratchet('incident', 'list', `${project}/other`)).stdout).toContain('no incident');
  });

  it('shows one, and explains it window by window', async () => {
    const { stdout } = await ratchet('incident', 'show', id);
    expect(stdout).toContain('the inputs have moved, and nothing says that the answers are worse');
    expect(stdout).toContain(`window by window: ratchet incident explain ${id}`);
    const explained = (await ratchet('incident', 'explain', id)).stdout;
    expect(explained).toContain(`${moment(0)} to ${moment(1)}: covariate-drift`);
    expect(explained).toContain('moved: seats');
  });

  it('is looked after and closed by people, once', async () => {
    expect((await ratchet('incident', 'ack', id)).stdout).toMatch(`${id} is looked after by `);
    const close = ['incident', 'close', id, '--reason', 'the planes are new'];
    expect((await ratchet(...close)).stdout).toBe(`${id} is closed\n`);
    expect(await ratchet(...close)).toMatchObject({ exitCode: 3 });
    expect((await ratchet('incident', 'show', id)).stdout).toContain('the planes are new');
    expect((await ratchet('incident', 'list', '--open')).stdout).toContain('no incident');
  });

  it('names one that there is not', async () => {
    const { exitCode, stderr } = await ratchet('incident', 'show', 'inc-00000000000000000000');
    expect([exitCode, stderr]).toEqual([4, expect.stringContaining('there is no incident')]);
  });
});
