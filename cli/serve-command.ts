import type { Command } from 'commander';
import { RatchetError } from '../domain/errors/ratchet-error.js';
import { printFacts, printLine } from './print.js';
import { registrySettings } from './serve-registry.js';
import { startServing } from './serving-process.js';
import { type StackFolderOptions, withStackFolder } from './stack-folder.js';
import { wholeNumber } from './whole-number.js';

interface ServeOptions extends StackFolderOptions {
  readonly repository?: string;
  readonly defaultModel?: string;
  readonly httpPort?: number;
  readonly grpcPort?: number;
  readonly metricsPort?: number;
}

/** `ratchet serve`. */
export function registerServeCommand(program: Command): void {
  withStackFolder(
    program
      .command('serve')
      .argument('[models...]', 'models of the registry, each <project>/<model>@<alias or version>')
      .description('serve models of the registry, or of a folder, until a signal ends it')
      .option('--repository <folder>', 'a folder instead, each version at <name>/<version>/model.onnx')
      .option('--default-model <name>', 'model that /predict asks (default: the only one there is)')
      .option('--http-port <port>', 'port of HTTP (default: 8000)', wholeNumber)
      .option('--grpc-port <port>', 'port of gRPC (default: 8001)', wholeNumber)
      .option('--metrics-port <port>', 'port of /metrics (default: 9464)', wholeNumber),
  )
    .addHelpText(
      'after',
      [
        '',
        'A new champion takes the place of the one before without a restart. What was served once is served again',
        'without the stack, from this machine.',
        '',
        'Examples:',
        '  ratchet serve flights/late-arrival@champion',
        '  ratchet serve --repository models --default-model late-arrival',
      ].join('\n'),
    )
    .action(serve);
}

async function serve(models: readonly string[], options: ServeOptions): Promise<void> {
  const serving = await startServing({
    ...originOf(models, options),
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

/** What is said on the command line is all that is served, whatever the environment says. */
function originOf(models: readonly string[], { repository, stateDir }: ServeOptions): Record<string, string> {
  if (repository === undefined && models.length > 0) {
    return { RATCHET_SERVING_REPOSITORY: '', ...registrySettings(models, stateDir, process.env) };
  }
  if (repository !== undefined && models.length === 0) {
    return {
      RATCHET_SERVING_REPOSITORY: repository,
      RATCHET_SERVING_MODELS: '',
      RATCHET_SERVING_MANIFEST: '',
    };
  }
  throw new RatchetError(
    'NAME_INVALID',
    `${models.length === 0 ? 'no models are' : 'models and a folder are'} named to be served, allowed is one of them: <project>/<model>@<alias or version>, or --repository <folder>`,
  );
}
