import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { OpenAPIHono } from '@hono/zod-openapi';
import { Client } from '@temporalio/client';
import { pino } from 'pino';
import { Registry } from 'prom-client';
import { openBlobStore } from '../../db/blobs/open-blob-store.js';
import { connect } from '../../db/client.js';
import { openLineClock } from '../../db/line-clock.js';
import { openDatabase } from '../../db/open-database.js';
import { createSigningKeyOwner, type SigningKeyOwner } from '../../db/signing-keys.js';
import { projectConfig } from '../../domain/config/project.js';
import { ensureStackAccount } from '../../gateway/access/identify.js';
import type { OpenIdSignIn } from '../../gateway/access/open-id.js';
import { createApp } from '../../gateway/app.js';
import type { GatewayDeps, GatewaySettings } from '../../gateway/deps.js';
import type { GatewayEnv } from '../../gateway/http/env.js';
import { openTemporalConnection } from '../../gateway/temporal-connection.js';
import { generateKeyPair } from '../../trust/keys.js';
import { createLocalSigner } from '../../trust/local-signer.js';
import { createVerifier } from '../../trust/verifier.js';
import { registerSearchAttributes } from '../../workers/register-search-attributes.js';
import { type FreshDatabase, freshBucket, freshDatabase, testStack } from '../setup/stack.js';
import { expectDocumented } from './documented.js';

export const token = 'the-token-of-this-suite';
export const allowedHosts = ['localhost', '127.0.0.1'];

/** Settings of a gateway that no test runs into the limits of. */
export const settings: GatewaySettings = {
  allowedHosts,
  tokenSha256: createHash('sha256').update(token).digest('hex'),
  requestsPerSecond: 10_000,
  signInsPerMinute: 10_000,
  hooks: {
    secret: 'the master secret of the webhooks of this suite',
    secretBefore: 'the one that was before it, which counts beside it',
    maxBytes: 5 * 1024 ** 2,
    requestsPerSecond: 10_000,
  },
  trustsForwarded: false,
  signInHours: 1,
};

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body as JSON; undefined where it is not. */
  readonly body: ReturnType<JSON['parse']>;
}

export interface Asked {
  readonly body?: unknown;
  /** Null: no token. */
  readonly token?: string | null;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as it stands instead of `body`. */
  readonly raw?: string | ReadableStream<Uint8Array>;
}

export interface GatewayRoom {
  readonly app: OpenAPIHono<GatewayEnv>;
  readonly deps: GatewayDeps;
  readonly log: string[];
  /** How often the inbox of webhooks was told that there is something. */
  wakes(): number;
  /** What lies beneath, for what the gateway itself may not do. */
  readonly beneath: {
    readonly bucket: Awaited<ReturnType<typeof freshBucket>>;
    readonly database: Pick<FreshDatabase, 'adminUrl' | 'appUrl' | 'ownerUrl' | 'servingUrl'>;
  };
  /** Also holds every answer against the shape that its route documents. */
  ask(method: string, path: string, asked?: Asked): Promise<Answer>;
  /** A project with the model `delay`; its name. */
  newProject(): Promise<string>;
  close(): Promise<void>;
}

export const newRunId = (): string => randomUUID();

/** A gateway without a port, over a database and a bucket of its own and the Temporal server of the test run. */
export async function openGatewayRoom(
  options: {
    /** Of another server than that of the test run; it has the namespace that every server begins with. */
    readonly temporalAddress?: string;
    readonly settings?: Partial<GatewaySettings>;
    readonly openId?: OpenIdSignIn;
  } = {},
): Promise<GatewayRoom> {
  const { config } = testStack();
  const [{ adminUrl, appUrl, ownerUrl, servingUrl, drop }, bucket] = await Promise.all([
    freshDatabase(),
    freshBucket(),
  ]);
  const database = await openDatabase({ url: appUrl, poolSize: 8, application: 'test' });
  const blobs = openBlobStore(bucket);
  const temporal = openTemporalConnection({
    address: options.temporalAddress ?? config.temporal.address,
  });
  const namespace = options.temporalAddress === undefined ? config.temporal.namespace : 'default';
  const client = new Client({ connection: temporal.connection, namespace });
  if (options.temporalAddress === undefined) await registerSearchAttributes(client, namespace);
  const log: string[] = [];
  let wakes = 0;
  const deps: GatewayDeps = {
    clock: openLineClock(undefined),
    ...database.stores,
    blobs,
    client,
    metrics: new Registry(),
    log: pino({}, { write: (line: string) => void log.push(line) }),
    signer: createLocalSigner(await registeredKey(ownerUrl)),
    verifier: createVerifier(),
    openId: options.openId,
    wakeInbox: () => {
      wakes += 1;
    },
  };
  await ensureStackAccount(deps.accounts);
  const app = createApp(deps, { ...settings, ...options.settings });
  // Rooms of other files are in the same namespace of Temporal, and may have left something open.
  const tag = randomBytes(3).toString('hex');
  let projects = 0;
  return {
    app,
    deps,
    log,
    wakes: () => wakes,
    beneath: { bucket, database: { adminUrl, appUrl, ownerUrl, servingUrl } },
    async ask(method, path, asked) {
      const answer = await ask(app, method, path, asked);
      expectDocumented(app, { method, path }, answer);
      return answer;
    },
    async newProject() {
      projects += 1;
      const name = `project-${tag}-${projects}`;
      await deps.projects.put(projectOf(name));
      return name;
    },
    async close() {
      blobs.close();
      await Promise.all([temporal.close(), database.close()]);
      await drop();
    },
  };
}

/** A new signing key, as the owner of the database makes it known. */
async function registeredKey(ownerUrl: string): Promise<string> {
  const { publicKey, privateKey } = generateKeyPair();
  await asKeyOwner(ownerUrl, (owner) => owner.register(publicKey, '2020-01-01T00:00:00.000Z'));
  return privateKey;
}

export async function asKeyOwner<T>(
  ownerUrl: string,
  work: (owner: SigningKeyOwner) => Promise<T>,
): Promise<T> {
  const database = connect(ownerUrl, { poolSize: 1, application: 'test-owner' });
  try {
    return await work(createSigningKeyOwner(database));
  } finally {
    await database.close();
  }
}

function projectOf(name: string) {
  const models = [{ name: 'delay', path: 'delay' }];
  const config = projectConfig({ version: 1, project: name, models, sources: {} });
  return { name, repo: `/repositories/${name}`, ref: 'main', commit: 'a'.repeat(40), config };
}

async function ask(
  app: OpenAPIHono<GatewayEnv>,
  method: string,
  path: string,
  asked: Asked = {},
): Promise<Answer> {
  const given = asked.token === undefined ? token : asked.token;
  const sent = asked.raw ?? (asked.body === undefined ? undefined : JSON.stringify(asked.body));
  const body = ['get', 'head'].includes(method.toLowerCase()) ? undefined : sent;
  const response = await app.request(path, {
    method,
    headers: {
      host: 'localhost:8400',
      ...(given === null ? {} : { authorization: `Bearer ${given}` }),
      ...(asked.body === undefined ? {} : { 'content-type': 'application/json' }),
      ...asked.headers,
    },
    ...(body === undefined ? {} : { body, duplex: 'half' }),
  } as RequestInit);
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, body: jsonOf(text) };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
