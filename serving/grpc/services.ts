import { fileURLToPath } from 'node:url';
import { type GrpcObject, loadPackageDefinition, type ServiceDefinition } from '@grpc/grpc-js';
import { loadSync, type Options } from '@grpc/proto-loader';

/** Names as they are in the file; 64-bit numbers in two halves, so that none loses digits; what is absent is empty. */
const decoding: Options = { keepCase: true, defaults: true, oneofs: true, enums: String };

/** Given to a handler in place of a message whose bytes are none. */
export class UnreadableMessage {
  readonly cause: unknown;

  constructor(cause: unknown) {
    this.cause = cause;
  }
}

/** The services that are spoken, read from the files beside this one. */
export function loadServices(): {
  readonly inference: ServiceDefinition;
  readonly health: ServiceDefinition;
  readonly seldon: ServiceDefinition;
} {
  return {
    inference: serviceOf('inference.proto', ['inference', 'GRPCInferenceService']),
    health: serviceOf('health.proto', ['grpc', 'health', 'v1', 'Health']),
    seldon: serviceOf('seldon.proto', ['seldon', 'protos', 'Seldon']),
  };
}

function serviceOf(file: string, path: readonly string[]): ServiceDefinition {
  const loaded: GrpcObject = loadPackageDefinition(
    loadSync(fileURLToPath(new URL(`./protos/${file}`, import.meta.url)), decoding),
  );
  const found = path.reduce<unknown>((at, name) => (at as GrpcObject)[name], loaded);
  const { service } = found as { service: ServiceDefinition };
  return Object.fromEntries(Object.entries(service).map(([name, method]) => [name, readingOf(method)]));
}

/** The library answers bytes that are no message as a defect of the server; here the handler says whose fault it is. */
function readingOf(method: ServiceDefinition[string]): ServiceDefinition[string] {
  return {
    ...method,
    requestDeserialize: (bytes: Buffer) => {
      try {
        return method.requestDeserialize(bytes);
      } catch (cause) {
        return new UnreadableMessage(cause);
      }
    },
  };
}
