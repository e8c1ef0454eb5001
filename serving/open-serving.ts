import type { Socket } from 'node:net';
import type { Logger } from 'pino';
import { Registry } from 'prom-client';
import { type Config, requireSetting } from '../temporal.config.js';
import { applicationRoutes } from './application/application-routes.js';
import { type OpenApplication, openApplication } from './application/open-application.js';
import { withApplication } from './application/with-application.js';
import type { DataPlane } from './data-plane-port.js';
import type { RequestObserver } from './http/answer-request.js';
import { compileRoutes } from './http/route-table.js';
import { routes } from './http/routes.js';
import { type Listening, serveHttp } from './http/serve-http.js';
import { eventLoopDelay } from './metrics/event-loop.js';
import { metricsRoutes } from './metrics/metrics-routes.js';
import { modelMetrics } from './metrics/model-metrics.js';
import { recordMetrics } from './metrics/record-metrics.js';
import { requestMetrics } from './metrics/request-metrics.js';
import { servingInfo } from './metrics/serving-info.js';
import type { ModelSource } from './models/model-source.js';
import { openDataPlane } from './open-data-plane.js';
import { openModels, type RegistryStores } from './open-models.js';
import { createAnswerRecord } from './record/answer-record.js';
import { openRecording, type Recording } from './record/open-recording.js';
import type { VeilRules } from './record/veil.js';

/** A data plane that answers in every protocol. */
export interface Serving {
  /** Addresses by protocol. */
  readonly at: { readonly http: string; readonly grpc: string; readonly metrics: string };
  /** Answers on a connection that another process accepted. */
  take(protocol: 'http' | 'grpc', connection: Socket): void;
  /**
   * Is not ready from here on, takes no new connection, answers what comes over those that it has, cuts what is left after
   * `drainMs`, then lets go of everything.
   */
  close(drainMs?: number): Promise<void>;
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
  const recording = recordingOf(serving, models.source, log);
  const plane = await openDataPlane({
    ...serving,
    source: models.source,
    record: recording === null ? undefined : createAnswerRecord(recording, models.source.origin),
    meter: recording?.meter,
    defaultModel: serving.defaultModel ?? null,
    limits: { deadlineMs: serving.mostRunMs, memoryBytes: serving.modelMemoryBytes },
  });
  const following = models.follow(plane, log);
  const doors: { close(drainMs?: number): Promise<void> }[] = [];
  const keep = <T extends { close(drainMs?: number): Promise<void> }>(opened: T): T => {
    doors.push(opened);
    return opened;
  };
  const registry = new Registry();
  let application: OpenApplication | null = null;
  let isOpen = false;
  const close = async (drainMs?: number) => {
    plane.leave();
    following.close();
    await Promise.all(doors.map((door) => door.close(drainMs)));
    // Nobody is left who waits for what it does; it may be asking the plane.
    await application?.close(0);
    await plane.close();
  };
  try {
    showNumbers(registry, plane, recording);
    const { host, httpPort, grpcPort, mostBodyBytes } = serving;
    const isTakenOver = serving.idleAtEnd === 'answer';
    const drainMs = workers.shutdownGraceMs;
    const folder = serving.application ?? models.application;
    const around = { registry, meter: recording?.meter, log };
    if (folder !== null) application = await openApplication(folder, serving, around);
    const whole = readyOnce(withApplication(plane, application), () => isOpen);
    const parts = { plane: whole, mostBodyBytes, log };
    const answers = application === null ? routes : applicationRoutes(application);
    const asked = { ...parts, find: compileRoutes(answers), observer: requestMetrics(registry) };
    const told = { ...parts, find: compileRoutes(metricsRoutes(registry)), observer: nobody };
    const http = keep(await serveHttp(asked, { host, port: httpPort, drainMs, isTakenOver }));
    // Its libraries take longer to load than a model: who asks over HTTP is answered before.
    const { serveGrpc } = await import('./grpc/serve-grpc.js');
    const onDefect = (error: unknown) => log.error({ err: error }, 'a call of gRPC failed');
    const grpc = keep(
      await serveGrpc(whole, { host, port: grpcPort, maxBytes: mostBodyBytes, drainMs, onDefect }),
    );
    const numbers = keep(await serveHttp(told, { ...metrics, drainMs }));
    isOpen = true;
    return {
      at: { http: urlOf(http), grpc: `${host}:${grpc.port}`, metrics: `${urlOf(numbers)}/metrics` },
      take: (protocol, connection) => (protocol === 'http' ? http : grpc).take(connection),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The same data plane, ready only when every protocol can be spoken. */
function readyOnce(plane: DataPlane, isOpen: () => boolean): DataPlane {
  return Object.create(plane, { isReady: { value: () => isOpen() && plane.isReady() } }) as DataPlane;
}

function showNumbers(registry: Registry, plane: DataPlane, recording: Recording | null): void {
  modelMetrics(registry, plane);
  eventLoopDelay(registry);
  servingInfo(registry, plane);
  if (recording !== null) recordMetrics(registry, recording.numbers);
}

interface OpenRecording extends Recording {
  readonly veil: VeilRules | null;
}

/** Null where nothing is to be recorded. Error: `SETTING_INVALID` where something is and a setting is missing. */
function recordingOf(
  serving: ServingConfig['serving'],
  source: Pick<ModelSource, 'origin'>,
  log: Logger,
): OpenRecording | null {
  if (serving.recording === 'off') return null;
  const { spoolDir, spoolBytes, spoolFull, databaseUrl } = serving;
  const options = {
    folder: requireSetting(spoolDir, 'RATCHET_SERVING_SPOOL_DIR'),
    mostBytes: spoolBytes,
    whenFull: spoolFull,
    databaseUrl: requireSetting(databaseUrl, 'DATABASE_SERVING_URL'),
    sample: serving.recordSample,
    endpointOf: (model: string) => source.origin(model).endpoint,
  };
  const veil = veilRulesOf(serving);
  return { ...openRecording(options, log), veil };
}

/** Null where all is recorded as it comes. Error: `SETTING_INVALID` where inputs are to be masked and there is no key. */
function veilRulesOf(serving: ServingConfig['serving']): VeilRules | null {
  const { recordMask: mask, recordDrop: drop, recordColumns: columns, maskKey } = serving;
  if (mask.length === 0 && drop.length === 0) return null;
  const key = mask.length === 0 ? '' : requireSetting(maskKey, 'RATCHET_SERVING_MASK_KEY');
  return { mask, drop, columns, key };
}

const urlOf = ({ host, port }: Listening) => `http://${host.includes(':') ? `[${host}]` : host}:${port}`;

const nobody: RequestObserver = { began: () => undefined, ended: () => undefined };
