import { createHash, randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import type { components } from '../../cli/generated/api.js';
import { openBlobStore } from '../../db/blobs/open-blob-store.js';
import { openDatabase, type Stores } from '../../db/open-database.js';
import type { BlobStore } from '../../domain/ports/blobs.js';
import { freshBucket, freshDatabase, testStack } from '../setup/stack.js';
import { makeNamespace } from '../setup/temporal-namespace.js';
import { type Program, type ProgramName, startProgram } from './program.js';

export type RunDetail = components['schemas']['RunDetail'];
/** A request to the gateway, its answer as JSON. */
export interface Answer {
  readonly status: number;
  readonly body: ReturnType<JSON['parse']>;
}

/** Our processes on the stack of the test run, with a namespace, a database, a bucket and a state folder of their own. */
export interface ProgramRoom {
  readonly stateDir: string;
  readonly secretsDir: string;
  /** Of the owner of the database, which makes signing keys known. */
  readonly ownerUrl: string;
  /** Of who adds predictions. */
  readonly servingUrl: string;
  readonly client: Client;
  /** Address of the gateway. */
  readonly url: string;
  /** What the processes wrote, read past them. */
  readonly stores: Stores;
  readonly blobs: BlobStore;
  /** What a store of objects is opened with. */
  readonly bucket: Awaited<ReturnType<typeof freshBucket>>;
  start(name: ProgramName, settings?: Readonly<Record<string, string>>): Promise<Program>;
  /** As the stack's own account, or as whose token it is. */
  ask(method: 'GET' | 'POST', path: string, body?: object, token?: string): Promise<Answer>;
  /** Asks for a run until it is as wanted. */
  shown(id: string, wanted: (run: RunDetail) => boolean): Promise<RunDetail>;
  /** Ends every process, and removes what they had. */
  close(): Promise<void>;
}

const token = 'the-token-of-this-room';
const patienceMs = 200_000;
const askAgainMs = 100;

/** `settings` are for every process of the room. The gateway is started; workers are for the caller to start. */
export async function openProgramRoom(settings: Readonly<Record<string, string>> = {}): Promise<ProgramRoom> {
  const stack = testStack();
  const [database, bucket, stateDir] = await Promise.all([
    freshDatabase(),
    freshBucket(),
    mkdtemp(join(stack.stateDir, 'room-')),
  ]);
  const secretsDir = join(stateDir, 'secrets');
  await mkdir(secretsDir, { mode: 0o700 });
  const { address } = stack.config.temporal;
  const connection = await Connection.connect({ address });
  const namespace = `room-${randomBytes(4).toString('hex')}`;
  await makeNamespace(connection, namespace);
  const env = {
    ...stack.env,
    PATH: process.env['PATH'] ?? '',
    TEMPORAL_NAMESPACE: namespace,
    DATABASE_URL: database.appUrl,
    RATCHET_S3_BUCKET: bucket.bucket,
    RATCHET_STATE_DIR: stateDir,
    RATCHET_SECRETS_DIR: secretsDir,
    RATCHET_GATEWAY_PORT: '0',
    RATCHET_METRICS_PORT: '0',
    RATCHET_TEMPORAL_METRICS_PORT: '0',
    RATCHET_SHUTDOWN_GRACE_MS: '1000',
    RATCHET_TOKEN_SHA256: createHash('sha256').update(token).digest('hex'),
    // Where nothing is let in no signature is asked for.
    RATCHET_SIGNER_URL: 'http://127.0.0.1:1',
    RATCHET_SIGNER_TOKEN: 'nobody',
    ...settings,
  };
  const opened = await openDatabase({ url: database.appUrl, poolSize: 3, application: 'test' });
  const blobs = openBlobStore(bucket);
  const programs: Program[] = [];
  const start = async (name: ProgramName, changes: Readonly<Record<string, string>> = {}) => {
    const program = await startProgram(name, { ...env, ...changes });
    programs.push(program);
    return program;
  };
  const { url } = await start('gateway');
  const ask = (method: string, path: string, body?: object, as = token) =>
    askGateway(url + path, method, body, as);
  return {
    stateDir,
    secretsDir,
    ownerUrl: database.ownerUrl,
    servingUrl: database.servingUrl,
    client: new Client({ connection, namespace }),
    url,
    stores: opened.stores,
    blobs,
    bucket,
    start,
    ask,
    shown: (id, wanted) => shownRun(ask, id, wanted),
    async close() {
      await Promise.all(programs.map((program) => program.stop()));
      blobs.close();
      await Promise.all([opened.close(), connection.close()]);
      await database.drop();
      await rm(stateDir, { recursive: true, force: true });
    },
  };
}

async function askGateway(
  url: string,
  method: string,
  body: object | undefined,
  as: string,
): Promise<Answer> {
  const response = await fetch(url, {
    method,
    // A kept one may end on the other side at the moment in which a busy machine sends its next request.
    headers: { authorization: `Bearer ${as}`, 'content-type': 'application/json', connection: 'close' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: text.startsWith('{') ? JSON.parse(text) : text };
}

async function shownRun(
  ask: ProgramRoom['ask'],
  id: string,
  wanted: (run: RunDetail) => boolean,
): Promise<RunDetail> {
  for (const untilMs = Date.now() + patienceMs; ; await sleep(askAgainMs)) {
    const { body } = await ask('GET', `/api/v1/runs/${id}`);
    const run = body as RunDetail;
    if (wanted(run)) return run;
    if (Date.now() > untilMs) throw new Error(`the run never came to it: ${JSON.stringify(run)}`);
  }
}
