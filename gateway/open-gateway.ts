import type { OpenAPIHono } from '@hono/zod-openapi';
import { Client } from '@temporalio/client';
import { loadClientConnectConfig } from '@temporalio/envconfig';
import type { Hono } from 'hono';
import type { Logger } from 'pino';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { openBlobStore } from '../db/blobs/open-blob-store.js';
import { openLineClock } from '../db/line-clock.js';
import { openDatabase } from '../db/open-database.js';
import { type Config, requireSetting } from '../temporal.config.js';
import { createVerifier } from '../trust/verifier.js';
import { ensureStackAccount } from './access/identify.js';
import { createOpenIdSignIn } from './access/open-id.js';
import { readOpenIdSettings } from './access/open-id-settings.js';
import { refuseOpenBind } from './access/refuse-open-bind.js';
import { createApp } from './app.js';
import { createInboxWaker } from './hooks/wake-inbox.js';
import type { GatewayEnv } from './http/env.js';
import { createMetricsApp } from './metrics/metrics-app.js';
import { registerPartMetrics } from './metrics/part-metrics.js';
import { registerWatchMetrics } from './metrics/watch-metrics.js';
import { openSigner } from './open-signer.js';
import { openTemporalConnection } from './temporal-connection.js';

/** The gateway without its sockets. */
export interface OpenGateway {
  readonly app: OpenAPIHono<GatewayEnv>;
  readonly metricsApp: Hono;
  close(): Promise<void>;
}

/**
 * Connects to what the gateway stands on. Postgres must answer; Temporal is connected to when it is first needed, so
 * that runs can be read while it is away. Errors: `SETTING_INVALID`, `PART_UNAVAILABLE`.
 */
export async function openGateway(config: Config, log: Logger): Promise<OpenGateway> {
  const tokenSha256 = requireSetting(config.gateway.tokenSha256, 'RATCHET_TOKEN_SHA256');
  const metrics = new Registry();
  collectDefaultMetrics({ register: metrics });
  const { connectionOptions } = loadClientConnectConfig();
  const temporal = openTemporalConnection({ ...connectionOptions, address: config.temporal.address });
  const client = new Client({ connection: temporal.connection, namespace: config.temporal.namespace });
  const database = await openDatabase({ ...config.database, application: 'gateway' });
  const openId = await readOpenIdSettings(config);
  const { accounts } = database.stores;
  await ensureStackAccount(accounts);
  await refuseOpenBind(config.gateway.host, accounts, openId !== undefined);
  const blobs = openBlobStore(config.blobs);
  registerPartMetrics(metrics, { client, database });
  registerWatchMetrics(metrics, database.stores.watches);
  const inbox = createInboxWaker(client, log);
  // What was stored before this process began may have been told to nobody.
  inbox.wake();
  return {
    app: createApp(
      {
        ...database.stores,
        blobs,
        client,
        clock: openLineClock(config.clock.file),
        log,
        metrics,
        signer: openSigner(config),
        verifier: createVerifier(),
        openId: openId && createOpenIdSignIn(openId),
        wakeInbox: inbox.wake,
      },
      { ...config.gateway, hooks: config.hooks, tokenSha256, signInHours: config.signIn.hours },
    ),
    metricsApp: createMetricsApp(metrics),
    async close() {
      inbox.stop();
      blobs.close();
      await database.close();
      await temporal.close();
    },
  };
}
