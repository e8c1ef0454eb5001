import { setMaxListeners } from 'node:events';
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Server, ServerCredentials } from '@grpc/grpc-js';
import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { DataPlane } from '../data-plane-port.js';
import { answering, type OnDefect } from './answering.js';
import { healthCalls } from './health-calls.js';
import { modelCalls } from './model-calls.js';
import { createModelInfer } from './model-infer.js';
import { createModelStreamInfer } from './model-stream-infer.js';
import { repositoryCalls } from './repository-calls.js';
import { seldonCalls } from './seldon/seldon-calls.js';
import { serverCalls } from './server-calls.js';
import { loadServices } from './services.js';
import { statisticsCalls } from './statistics-calls.js';

export interface GrpcOptions {
  readonly host: string;
  /** 0 for any that is free. */
  readonly port: number;
  /** Longest message of a request, once it is unpacked. @default 64 MiB */
  readonly maxBytes?: number;
  /** Longest wait of `close` for calls that were begun. @default 10 seconds */
  readonly drainMs?: number;
  /** Hears of errors whose reason a caller is not told. @default a line on standard error */
  readonly onDefect?: OnDefect;
}

export interface GrpcServer {
  readonly port: number;
  /** Answers on a connection that another process accepted. */
  take(connection: Socket): void;
  /**
   * Takes no further call, says so to whoever watches its health, answers what was begun, then, after `drainMs`, cuts what
   * is left.
   */
  close(drainMs?: number): Promise<void>;
}

/**
 * Serves the Open Inference Protocol, Seldon's calls and the health protocol over gRPC, without encryption.
 * Error: `PART_UNAVAILABLE` where it cannot listen there.
 */
export async function serveGrpc(
  plane: DataPlane,
  { host, port, maxBytes = 64 * 1024 ** 2, drainMs = 10_000, onDefect = tellDefect }: GrpcOptions,
): Promise<GrpcServer> {
  const closing = new AbortController();
  // Each open stream listens to it.
  setMaxListeners(0, closing.signal);
  const server = new Server({
    'grpc.max_receive_message_length': maxBytes,
    'grpc.max_send_message_length': -1,
  });
  addCalls(server, plane, closing.signal, onDefect);
  const bound = await listen(server, host, port);
  const injector = server.createConnectionInjector(ServerCredentials.createInsecure());
  return {
    port: bound,
    take: (connection) => injector.injectConnection(connection),
    close: (ownMs = drainMs) => close(server, closing, ownMs),
  };
}

function addCalls(server: Server, plane: DataPlane, closing: AbortSignal, onDefect: OnDefect): void {
  const { inference, health, seldon } = loadServices();
  const infer = createModelInfer(plane);
  const answered = answering(onDefect);
  server.addService(inference, {
    ...serverCalls(plane, answered),
    ...modelCalls(plane, answered),
    ...repositoryCalls(plane, answered),
    ...statisticsCalls(plane, answered),
    ModelInfer: answered(infer),
    ModelStreamInfer: createModelStreamInfer(infer, closing, onDefect),
  });
  server.addService(health, healthCalls(plane, closing));
  server.addService(seldon, seldonCalls(plane, answered));
}

function listen(server: Server, host: string, port: number): Promise<number> {
  const address = `${host.includes(':') ? `[${host}]` : host}:${port}`;
  return new Promise((resolve, reject) => {
    server.bindAsync(address, ServerCredentials.createInsecure(), (cause, bound) => {
      if (cause === null) resolve(bound);
      else reject(new RatchetError('PART_UNAVAILABLE', `gRPC cannot listen on ${address}`, {}, { cause }));
    });
  });
}

async function close(server: Server, closing: AbortController, drainMs: number): Promise<void> {
  closing.abort();
  const drained = new Promise<void>((resolve, reject) => {
    server.tryShutdown((error) => (error === undefined ? resolve() : reject(error)));
  });
  const late = new AbortController();
  const cut = sleep(drainMs, undefined, { signal: late.signal }).then(
    () => server.forceShutdown(),
    () => undefined,
  );
  try {
    await drained;
  } finally {
    late.abort();
    await cut;
  }
}

function tellDefect(error: unknown): void {
  console.error('gRPC: a request failed for a reason of the server', error);
}
