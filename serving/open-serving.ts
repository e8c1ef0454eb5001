import type { Logger } from 'pino';
import { Registry } from 'prom-client';
import type { Config } from '../temporal.config.js';
import { applicationRoutes } from './application/application-routes.js';
import { type OpenApplication, openApplication } from './application/open-application.js';
import { withApplication } from './application/with-application.js';
import { serveGrpc } from './grpc/serve-grpc.js';
import type { RequestObserver } from './http/answer-request.js';
import { compileRoutes } from './http/route-table.js';
import { routes } from './http/routes.js';
import { type Listening, serveHttp } from './http/serve-http.js';
import { metricsRoutes } from './metrics/metrics-routes.js';
import { modelMetrics } from './metrics/model-metrics.js';
import { requestMetrics } from './metrics/request-metrics.js';
import { servingInfo } from './metrics/serving-info.js';
import { openDataPlane } from './open-data-plane.js';
import { openModels, type RegistryStores } from './open-models.js';

/** A data plane that answers in every protocol. */
export interface Serving {
  /** Addresses by protocol. */
  readonly at: { readonly http: string; readonly grpc: string; readonly metrics: string };
  /** Takes nothing new, answers what was asked before, then lets go of everything. */
  close(): Promise<void>;
}

type ServingConfig = Pick<Config, 'serving' | 'metrics' | 'workers'>;

/**
 * `stores` are for models of the registry. Errors: those of `openModels` and `openApplication`, `MODEL_NOT_FOUND` for the default
 * model, `PART_UNAVAILABLE` where a port is taken.
 */
export async function openServing(
  { serving, metrics, workers }: ServingConfig,
  log: Logger,
  stores: RegistryStores | null,
): Promise<Serving> {
  const models = await openModels(serving, stores);
  const plane = await openDataPlane({
    ...serving,
    source: models.source,
    defaultModel: serving.defaultModel ?? null,
    limits: { deadlineMs: serving.mostRunMs, memoryBytes: serving.modelMemoryBytes },
  });
  const following = models.follow(plane, log);
  const closers = [async () => following.close()];
  const keep = <T extends { close(): Promise<void> }>(opened: T): T => {
    closers.push(() => opened.close());
    return opened;
  };
  const registry = new Registry();
  const drainMs = workers.shutdownGraceMs;
  let application: OpenApplication | null = null;
  const close = async () => {
    const letGo = async () => {
      // Its requests ask the plane in their midst.
      await application?.close(drainMs);
      await plane.close();
    };
    await Promise.all([letGo(), ...closers.map((closeOne) => closeOne())]);
  };
  try {
    modelMetrics(registry, plane);
    servingInfo(registry, plane);
    const { host, httpPort, grpcPort, mostBodyBytes } = serving;
    const folder = serving.application ?? models.application;
    if (folder !== null) application = await openApplication(folder, serving, registry, log);
    const whole = withApplication(plane, application);
    const parts = { plane: whole, mostBodyBytes, log };
    const answers = application === null ? routes : applicationRoutes(application);
    const asked = { ...parts, find: compileRoutes(answers), observer: requestMetrics(registry) };
    const told = { ...parts, find: compileRoutes(metricsRoutes(registry)), observer: nobody };
    const http = keep(await serveHttp(asked, { host, port: httpPort, drainMs }));
    const onDefect = (error: unknown) => log.error({ err: error }, 'a call of gRPC failed');
    const grpc = keep(
      await serveGrpc(whole, { host, port: grpcPort, maxBytes: mostBodyBytes, drainMs, onDefect }),
    );
    const numbers = keep(await serveHttp(told, { ...metrics, drainMs }));
    return {
      at: { http: urlOf(http), grpc: `${host}:${grpc.port}`, metrics: `${urlOf(numbers)}/metrics` },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

const urlOf = ({ host, port }: Listening) => `http://${host.includes(':') ? `[${host}]` : host}:${port}`;

const nobody: RequestObserver = { began: () => undefined, ended: () => undefined };
