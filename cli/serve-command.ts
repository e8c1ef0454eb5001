import type { Command } from 'commander';
import { printFacts, printLine } from './print.js';
import { startServing } from './serving-process.js';
import { wholeNumber } from './whole-number.js';

interface ServeOptions {
  readonly repository: string;
  readonly defaultModel?: string;
  readonly httpPort?: number;
  readonly grpcPort?: number;
  readonly metricsPort?: number;
}

/** `ratchet serve`. */
export function registerServeCommand(program: Command): void {
  program
    .command('serve')
    .description('serve the models of a folder, until a signal ends it')
    .requiredOption('--repository <folder>', 'models, each version at <name>/<version>/model.onnx')
    .option('--default-model <name>', 'model that /predict asks (default: the only one there is)')
    .option('--http-port <port>', 'port of HTTP (default: 8000)', wholeNumber)
    .option('--grpc-port <port>', 'port of gRPC (default: 8001)', wholeNumber)
    .option('--metrics-port <port>', 'port of /metrics (default: 9464)', wholeNumber)
    .addHelpText('after', '\nExample:\n  ratchet serve --repository models --default-model late-arrival')
    .action(serve);
}

async function serve(options: ServeOptions): Promise<void> {
  const serving = await startServing({
    RATCHET_SERVING_REPOSITORY: options.repository,
    RATCHET_SERVING_DEFAULT_MODEL: options.defaultModel,
    RATCHET_SERVING_HTTP_PORT: options.httpPort?.toString(),
    RATCHET_SERVING_GRPC_PORT: options.grpcPort?.toString(),
    RATCHET_METRICS_PORT: options.metricsPort?.toString(),
  });
  if (serving === null) return;
  const { http, grpc, metrics } = serving.at;
  printFacts([
    ['examples', http],
    ['HTTP', `${http}/v2`],
    ['gRPC', grpc],
    ['metrics', metrics],
  ]);
  printLine('Ctrl-C ends it, after what was asked is answered');
  await serving.ended;
}
