import { randomBytes, randomUUID } from 'node:crypto';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import postgres from 'postgres';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createSources } from '../../../activities/adapters/sources/create-sources.js';
import { confirmData } from '../../../activities/triggers/confirm-data.js';
import { lookForData } from '../../../activities/triggers/look-for-data.js';
import { projectConfig } from '../../../domain/config/project.js';
import type { TriggerEvent } from '../../../domain/triggers/trigger-event.js';
import { oneRun } from '../../conformance/trigger-store-subject.js';
import { type GatewayRoom, openGatewayRoom } from '../../gateway/gateway-room.js';
import { putLine } from '../../gateway/put-line.js';
import { type FreshDatabase, freshBucket, freshDatabase, testStack } from '../../setup/stack.js';

const role = `rows_${randomBytes(4).toString('hex')}`;
const query = `select max(at)::text as watermark, count(*) as rows from flights
  where at > $1::timestamptz and ($2::text is null or at <= $2::timestamptz) or ($1::text is null)`;

let room: GatewayRoom;
let company: FreshDatabase;
let admin: postgres.Sql;
let lake: Awaited<ReturnType<typeof freshBucket>>;
let s3: S3Client;
const secrets = new Map<string, string>();
let project: string;

beforeAll(async () => {
  room = await openGatewayRoom();
  company = await freshDatabase('empty');
  lake = await freshBucket();
  const keys = { accessKeyId: lake.accessKey, secretAccessKey: lake.secretKey };
  secrets.set('lake', JSON.stringify(keys));
  s3 = new S3Client({
    ...{ endpoint: lake.endpoint, region: lake.region, forcePathStyle: true, credentials: keys },
    requestChecksumCalculation: 'WHEN_REQUIRED',
  });
  admin = postgres(company.adminUrl, { max: 1 });
  await admin.unsafe(`
    create role ${role} login password 'pw';
    grant connect on database ${new URL(company.adminUrl).pathname.slice(1)} to ${role};
    create table flights (at timestamptz);
    grant select on flights to ${role};`);
});
beforeEach(async () => {
  project = await room.newProject();
  up();
  await admin.unsafe('truncate flights');
  const { config, ...stored } = await room.deps.projects.get(project);
  const sources = {
    company: { kind: 'postgres', connection: 'secret://company' },
    lake: { kind: 's3', bucket: lake.bucket, credentials: 'secret://lake' },
  } as const;
  const notifications = {
    ops: { kind: 'webhook', url: 'secret://ops', secret: 'secret://ops-key' },
  } as const;
  await room.deps.projects.put({
    ...stored,
    config: projectConfig({ version: 1, project, models: config.models, sources, notifications }),
  });
  await putLine(room, project, {
    newData: {
      flown: { source: 'company', query, leastRows: 1, lateness: '2 hours' },
      landed: { source: 'lake', prefix: `${project}/` },
    },
  });
});
afterAll(async () => {
  await room.close();
  s3.destroy();
  await admin.unsafe(`drop owned by ${role}`);
  await admin.unsafe(`drop role ${role}`);
  await admin.end();
  await company.drop();
});

/** The source answers at its address, or nothing does. */
function up(): void {
  const url = new URL(company.adminUrl);
  Object.assign(url, { username: role, password: 'pw' });
  secrets.set('company', url.href);
}
const down = () => secrets.set('company', `postgres://${role}:pw@127.0.0.1:1/none`);

const insert = (...times: string[]) =>
  admin`insert into flights select * from unnest(${times.map((time) => `2025-03-01T${time}:00Z`)}::timestamptz[])`;
const land = (key: string) =>
  s3.send(new PutObjectCommand({ Bucket: lake.bucket, Key: `${project}/${key}`, Body: key }));

function look(name = 'flown', since = new Date().toISOString()) {
  const sources = createSources({
    secrets: { read: async (secret) => secrets.get(secret) ?? '' },
    defaultS3: testStack().config.blobs,
  });
  const notifier = { tell: async () => undefined };
  const deps = { ...room.deps, lines: room.deps.modelLines, notifier, sources };
  return lookForData(deps, { project, model: 'delay', name, since });
}

/** Events of new data, as what they are about. */
async function events(): Promise<readonly TriggerEvent[]> {
  const { events: found } = await room.deps.triggers.list({ project, kind: 'new-data' });
  return found.toReversed();
}
const about = async () =>
  (await events()).map(({ facts }) =>
    facts.kind === 'new-data' ? `${facts.rows} rows, ${facts.late} late` : facts.kind,
  );
const mark = (name = 'flown') => room.deps.watermarks.get({ project, model: 'delay', name });

/** A run of the newest event that nothing became of. */
async function begin(): Promise<string> {
  const pending = (await events()).filter(({ outcome }) => outcome === null);
  const id = randomUUID();
  expect(await room.deps.triggers.settle({ project, model: 'delay' }, oneRun(id, pending))).toBe(true);
  return id;
}
const confirm = (runId: string, version: number) =>
  confirmData(room.deps, { runId, dataset: { name: 'flights', version, digest: 'd'.repeat(64) } });

describe('new rows of a database', () => {
  it('are an event, and stay new until the dataset that has them is confirmed', async () => {
    expect(await look()).toEqual([]);
    await insert('08:00', '09:00');
    expect(await look()).toEqual([{ project, model: 'delay' }]);
    expect(await look()).toEqual([{ project, model: 'delay' }]);
    expect(await events()).toMatchObject([{ repeats: 1, facts: { rows: 2, late: 0, from: null } }]);
    const run = await begin();
    await look();
    expect([await mark(), (await events()).length]).toEqual([undefined, 1]);
    await confirm(run, 1);
    expect(await mark()).toMatchObject({ dataset: 'flights@1', value: expect.stringMatching(/09:00/) });
    expect(await look()).toEqual([]);
    expect(await about()).toEqual(['2 rows, 0 late']);
  });

  it('that are late are taken once, also those that come late after late ones', async () => {
    await insert('08:00', '09:00');
    await look();
    await confirm(await begin(), 1);
    await insert('07:30');
    await look();
    await look();
    expect(await about()).toEqual(['2 rows, 0 late', '0 rows, 1 late']);
    await confirm(await begin(), 2);
    expect(await look()).toEqual([]);
    await insert('07:45');
    await look();
    expect(await about()).toEqual(['2 rows, 0 late', '0 rows, 1 late', '0 rows, 1 late']);
    await confirm(await begin(), 3);
    // Older than the lateness.
    await insert('06:30');
    expect(await look()).toEqual([]);
    expect(await mark()).toMatchObject({ dataset: 'flights@3', inLateness: 4 });
  });

  it('that come while a run is in flight are of the next one', async () => {
    await insert('08:00', '09:00');
    await look();
    const first = await begin();
    await insert('10:00');
    await look();
    await confirm(first, 1);
    expect(await mark()).toMatchObject({ value: expect.stringMatching(/09:00/) });
    const second = await begin();
    await confirm(second, 2);
    // The step of the first one is said to have been lost, and is done again.
    await confirm(first, 1);
    expect(await mark()).toMatchObject({ dataset: 'flights@2', value: expect.stringMatching(/10:00/) });
    expect(await look()).toEqual([]);
    expect((await events()).map(({ outcome }) => outcome?.kind)).toEqual(['started', 'started']);
  });

  it('are not taken where the worker ends before the watermark moved, and are once where it ends after', async () => {
    await insert('08:00');
    await look();
    const run = await begin();
    const { watermarks, ...deps } = room.deps;
    const dying = (moves: boolean) => ({
      ...watermarks,
      async confirm(given: Parameters<typeof watermarks.confirm>[0]) {
        if (moves) await watermarks.confirm(given);
        throw new Error('the worker ends');
      },
    });
    const dataset = { name: 'flights', version: 1, digest: 'd'.repeat(64) };
    const tried = (moves: boolean) =>
      confirmData({ ...deps, watermarks: dying(moves) }, { runId: run, dataset });
    await expect(tried(false)).rejects.toThrow('the worker ends');
    expect(await mark()).toBeUndefined();
    await expect(tried(true)).rejects.toThrow('the worker ends');
    const moved = await mark();
    await confirm(run, 1);
    expect([await mark(), moved?.dataset]).toEqual([moved, 'flights@1']);
    expect(await look()).toEqual([]);
  });

  it('of a run that failed wait for those that come next, and are counted with them', async () => {
    await insert('08:00', '09:00');
    await look();
    await begin();
    await look();
    await insert('10:00');
    await look();
    expect(await about()).toEqual(['2 rows, 0 late', '3 rows, 0 late']);
  });
});

describe('a source that does not answer', () => {
  it('is told of once a look, never says that there is nothing new, and is looked at again', async () => {
    await insert('08:00');
    down();
    const since = new Date().toISOString();
    for (const _ of [1, 2])
      await expect(look('flown', since)).rejects.toMatchObject({ code: 'SOURCE_UNREACHABLE' });
    const letters = await room.deps.outbox.list({ project });
    expect(letters.map(({ notice }) => notice.kind)).toEqual(['source.unreachable']);
    expect([await events(), await mark()]).toEqual([[], undefined]);
    up();
    expect(await look('flown', since)).toEqual([{ project, model: 'delay' }]);
    expect(await about()).toEqual(['1 rows, 0 late']);
  });
});

describe('new objects of a bucket', () => {
  it('are those behind the newest that a dataset took in', async () => {
    expect(await look('landed')).toEqual([]);
    await land('2025-03-01.csv');
    await land('2025-03-02.csv');
    await look('landed');
    const run = await begin();
    await land('2025-03-03.csv');
    await look('landed');
    await confirm(run, 1);
    expect(await mark('landed')).toMatchObject({ value: `${project}/2025-03-02.csv` });
    await confirm(await begin(), 2);
    expect(await look('landed')).toEqual([]);
    expect(await about()).toEqual(['2 rows, 0 late', '3 rows, 0 late']);
  });
});
