import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connect } from '../../db/client.js';
import { createPredictionSink } from '../../db/predictions.js';
import { valueSchema } from '../../domain/config/value.js';
import { watchSchema } from '../../domain/config/watch.js';
import { valueNumbers } from '../../domain/monitoring/value/value-numbers.js';
import type { JudgedWindow } from '../../domain/ports/watches.js';
import { latencyBoundsMs } from '../../domain/serving/latency-bounds.js';
import { declaringCommit, moment } from '../conformance/serving-subject.js';
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
/** What a server of the endpoint says of the minute before this one. */
async function countMinute(): Promise<void> {
  const sink = createPredictionSink(
    connect(served.room.beneath.database.servingUrl, { poolSize: 1, application: 'test' }),
  );
  const counts = latencyBoundsMs.map((bound) => (bound === 2 ? 30 : 0));
  await sink.storeMinutes([
    {
      ...{ endpoint: web, model: 'delay', version: '1', server: randomUUID() },
      at: new Date(Date.now() - 60_000).toISOString(),
      ...{ answered: 30, rows: 60, refused: 2, failed: 10, sumMs: 60, counts: [...counts, 0] },
      custom: { app_queue: { kind: 'gauge', count: 2, sum: 9, last: 7 } },
    },
  ]);
  await sink.close();
}

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

  it('tells what servers answered and what not, how long it took and what an application counted', async () => {
    const nothing = await ratchet('monitor', 'traffic', web);
    expect(nothing.stdout).toMatch(/nothing was asked from .* to /);
    await countMinute();
    const { exitCode, stdout } = await ratchet('monitor', 'traffic', web, '--step', 'minute');
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/1 +30 +60 +2 +10 \(25.0 %\) +2.0 ms +1.5 ms +1.9 ms +2.0 ms/);
    expect(stdout).toMatch(/app_queue +gauge +7.000/);
    const shown = await ratchet('monitor', 'show', web);
    expect(shown.stdout).toMatch(
      /last hour +30 answered, 2 refused, 10 \(25.0 %\) failed; p50 1.5 ms, p99 2.0 ms/,
    );
    const { json } = await ratchet('monitor', 'traffic', web, '--step', 'day', '--json');
    expect(json.points).toMatchObject([{ version: '1', answered: 30, failedShare: 0.25 }]);
    const turned = ['--from', '2026-01-02T00:00:00Z', '--to', '2026-01-01T00:00:00Z'];
    const wrong = await ratchet('monitor', 'traffic', web, ...turned);
    expect([wrong.exitCode, wrong.stderr]).toEqual([2, expect.stringContaining('allowed is a time after')]);
  });

  it('writes a report that is one page', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'ratchet-report-'));
    const out = join(folder, 'web.html');
    const { exitCode, stdout } = await ratchet('monitor', 'report', web, '--out', out);
    expect([exitCode, stdout]).toEqual([0, `${out} has 7 charts\n`]);
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

  it('lays what answers were worth beside what they cost, and names what declares none', async () => {
    const valued = await served.room.newProject();
    await servingWorld(served.room, valued, { isWanted: false });
    const of = { project: valued, endpoint: 'web' };
    const { costs, ...by } = valueSchema.parse({
      unit: 'EUR',
      answers: { each: 1, perUnitOfError: -1 },
      costs: { trainingMinute: 3, servingMinute: 6 },
    });
    const { watches, blobs } = served.room.deps;
    const config = watchSchema.parse({ value: { ...by, costs } });
    await watches.declare(valued, declaringCommit, [{ endpoint: 'web', config }], 'ann');
    const answers = { rows: 400, sum: 800, deviation: 10 };
    const numbers = valueNumbers({ by, constant: 0, answers, gain: { ...answers, sum: 200 } });
    const window = (from: number, more: Partial<JudgedWindow>): Promise<boolean> => {
      const facts = { ...of, line: 'truth', model: 'delay', modelVersion: 1, verdict: 'pass' } as const;
      const span = { from: moment(from), to: moment(from + 30), judgedAt: moment(99) };
      return watches.keep({ ...facts, ...span, rows: 500, verdicts: {}, numbers, evidence, ...more }, []);
    };
    const evidence = await blobs.putJson({ project: valued });
    await window(0, {});
    await window(30, { numbers: { labelled: 400 } });
    const name = `${valued}/web`;
    const { stdout, stderr } = await ratchet('monitor', 'value', name);
    const span = `${moment(0)} to ${moment(60)}`;
    // One replica from the first second on; the minute is of both windows.
    expect([stderr, stdout.split('\n').map((line) => line.split(/ {2,}/))]).toEqual([
      '',
      [
        ['endpoint', name],
        ['model', 'delay'],
        ['span', span],
        ['windows of truth', '1, and 1 judged without this value, which do not count'],
        ['rows', '400 rows with a truth of 500 (80.0 %)'],
        ['value', '800.00 EUR, 2.00 a row (95 %: 1.02 to 2.98)'],
        ['a constant answer', '600.00 EUR, 1.50 a row'],
        ['gain over it', '200.00 EUR, 0.50 a row (95 %: -0.48 to 1.48)'],
        ['training', '0.00 minutes, 0.00 EUR, 0 runs'],
        ['serving', '0.98 minutes, 5.90 EUR'],
        ['cost', '5.90 EUR'],
        ['value less cost', '794.10 EUR'],
        [''],
      ],
    ]);
    const { stdout: shown } = await ratchet('monitor', 'show', name);
    expect(shown).toMatch(/^value +800\.00 EUR, .*, of 400 rows with a truth of 500 \(80\.0 %\)$/m);
    expect(shown).toMatch(/^value less cost +794\.10 EUR$/m);
    const asked = async (...more: string[]) => ratchet('monitor', 'value', name, '--json', ...more);
    const { json } = await asked('--from', moment(0), '--to', moment(59));
    expect(json).toMatchObject({ windows: { counted: 1, leftOut: 0 }, to: moment(59), net: 800 - 5.8 });
    const early = await asked('--to', '2013-01-01T00:00:00Z');
    expect(early.json).toMatchObject({ rows: { answered: 0 }, value: null, cost: 0, net: null });
    const backwards = await asked('--from', moment(9), '--to', moment(8));
    expect([backwards.exitCode, backwards.stderr]).toEqual([2, expect.stringContaining('a time after from')]);
    expect(await asked('--from', 'yesterday')).toMatchObject({ exitCode: 2 });
    const none = await ratchet('monitor', 'value', web);
    expect([none.exitCode, none.stderr]).toEqual([4, expect.stringContaining('stands as "value" in the')]);
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
