import { fileURLToPath } from 'node:url';
import {
  type CallOptions,
  type ClientDuplexStream,
  type ClientReadableStream,
  type ClientUnaryCall,
  credentials,
  type GrpcObject,
  loadPackageDefinition,
  type ServiceClientConstructor,
  type ServiceError,
} from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import { type GrpcServer, serveGrpc } from '../../../serving/grpc/serve-grpc.js';
import { createEchoPlane, type EchoPlane } from './echo-plane.js';

/** A message as a client reads it: 64-bit numbers as text. */
export type Message = ReturnType<JSON['parse']>;

/** How a call ended. */
export interface Ended {
  /** The code of gRPC; 0 with an answer. */
  readonly code: number;
  readonly details: string;
  readonly answer: Message;
}

export interface GrpcRoom {
  readonly plane: EchoPlane;
  readonly server: GrpcServer;
  readonly defects: unknown[];
  call(method: string, message?: object, options?: CallOptions): Promise<Ended>;
  /** The same, with a hold on the call. */
  begin(method: string, message: object): { readonly call: ClientUnaryCall; readonly ended: Promise<Ended> };
  /** Bytes as they stand, instead of a message. */
  callBytes(method: string, bytes: Buffer): Promise<Ended>;
  /** Packed with gzip on its way. */
  callPacked(method: string, message: object): Promise<Ended>;
  stream(options?: CallOptions): ClientDuplexStream<object, Message>;
  check(service: string): Promise<Ended>;
  watch(service: string): ClientReadableStream<Message>;
  close(): Promise<void>;
}

/** A server over a plane in memory, and a client that knows the .proto files and nothing else of it. */
export async function openGrpcRoom(options: { maxBytes?: number; drainMs?: number } = {}): Promise<GrpcRoom> {
  const plane = createEchoPlane();
  const defects: unknown[] = [];
  const onDefect = (error: unknown) => defects.push(error);
  const server = await serveGrpc(plane, { host: '127.0.0.1', port: 0, onDefect, ...options });
  const { infer, health, close } = openClients(server.port);
  const begin = (client: Message, method: string, message: object, callOptions: CallOptions = {}) => {
    let call: ClientUnaryCall | undefined;
    const ended = new Promise<Ended>((resolve) => {
      call = client[method](message, callOptions, (error: ServiceError | null, answer: Message) =>
        resolve({ code: error?.code ?? 0, details: error?.details ?? '', answer }),
      );
    });
    return { call: call as unknown as ClientUnaryCall, ended };
  };
  return {
    plane,
    server,
    defects,
    call: (method, message = {}, callOptions) => begin(infer, method, message, callOptions).ended,
    begin: (method, message) => begin(infer, method, message),
    callBytes: (method, bytes) =>
      new Promise((resolve) => {
        const same = (value: Buffer) => value;
        infer.makeUnaryRequest(
          `/inference.GRPCInferenceService/${method}`,
          same,
          same,
          bytes,
          (error: ServiceError | null) =>
            resolve({ code: error?.code ?? 0, details: error?.details ?? '', answer: undefined }),
        );
      }),
    callPacked: async (method, message) => {
      const packing = openClients(server.port, 'gzip');
      const ended = await begin(packing.infer, method, message).ended;
      packing.close();
      return ended;
    },
    stream: (callOptions = {}) => infer.ModelStreamInfer(callOptions),
    check: (service) => begin(health, 'Check', { service }).ended,
    watch: (service) => health.Watch({ service }),
    close: async () => {
      close();
      await server.close();
    },
  };
}

/** Clients of a server, which know the .proto files and nothing else of it. */
export function openClients(port: number, packing: 'identity' | 'gzip' = 'identity') {
  const settings = { keepCase: true, longs: String, enums: String, defaults: true, oneofs: true };
  const load = (file: string): GrpcObject =>
    loadPackageDefinition(
      loadSync(fileURLToPath(new URL(`../../../serving/grpc/protos/${file}`, import.meta.url)), settings),
    );
  const connect = (Client: ServiceClientConstructor): Message =>
    new Client(`127.0.0.1:${port}`, credentials.createInsecure(), {
      'grpc.max_receive_message_length': -1,
      'grpc.default_compression_algorithm': packing === 'gzip' ? 2 : 0,
    });
  const { inference } = load('inference.proto') as Message;
  const { grpc } = load('health.proto') as Message;
  const infer = connect(inference.GRPCInferenceService);
  const health = connect(grpc.health.v1.Health);
  const close = () => {
    infer.close();
    health.close();
  };
  return { infer, health, close };
}
