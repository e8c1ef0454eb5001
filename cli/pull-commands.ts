import { type Command, Option } from 'commander';
import { answered, answeredFile } from './answered.js';
import { type GatewayOptions, gatewayCommand } from './gateway-command.js';
import { openClient } from './open-client.js';
import { printFacts, printJson, printLine, printTable } from './print.js';
import { type PulledFile, pullFile, pullPath } from './pull-file.js';
import { splitVersion } from './split-name.js';

interface PullOptions extends GatewayOptions {
  readonly to: string;
  readonly force?: boolean;
}

interface DatasetPullOptions extends PullOptions {
  readonly split?: 'train' | 'validation' | 'test';
  readonly quarantined?: boolean;
}

const modelFiles = [
  ['model', 'onnx'],
  ['card', 'card.json'],
] as const;

/** `ratchet model pull`. */
export function registerModelPull(model: Command): void {
  pullCommand(model, 'pull <model@version>', {
    about: 'the ONNX file of a version and its model card; the audit tells of it',
    example: 'ratchet model pull flights/late-arrival@champion --to models',
  }).action(async (text: string, options: PullOptions) => {
    const client = await openClient(options);
    const { project, name, version } = splitVersion(text, 'model');
    const one = '/api/v1/models/{project}/{model}/{version}';
    const asked = { project, model: name, version };
    const found = await answered(client.GET(one, { params: { path: asked } }));
    // An alias may move while files come.
    const at = { ...asked, version: String(found.version) };
    const files = await pullAll(modelFiles, found.model, found.version, options, (file) =>
      answeredFile(
        client.GET(`${one}/files/{file}`, { params: { path: { ...at, file } }, parseAs: 'stream' }),
      ),
    );
    const label = `${found.project}/${found.model}@${found.version}`;
    printPulled(
      [
        ['model', label],
        ['stage', found.stage],
      ],
      files,
      options,
    );
  });
}

/** `ratchet dataset pull`. */
export function registerDatasetPull(dataset: Command): void {
  pullCommand(dataset, 'pull <dataset@version>', {
    about: 'the rows of a version as Parquet, never those of its test split; the audit tells of it',
    example: 'ratchet dataset pull flights/late-arrival@3 --split train --to data',
  })
    .addOption(
      new Option('--split <split>', 'one split (default: train and validation)').choices([
        'train',
        'validation',
        'test',
      ]),
    )
    .addOption(new Option('--quarantined', 'the rows that were set aside').conflicts('split'))
    .action(async (text: string, options: DatasetPullOptions) => {
      const client = await openClient(options);
      const asked = splitVersion(text, 'dataset');
      const one = '/api/v1/datasets/{project}/{name}/{version}';
      const found = await answered(client.GET(one, { params: { path: asked } }));
      const wanted = wantedFiles(options).map((file) => [file, `${file}.parquet`] as const);
      const files = await pullAll(wanted, found.name, found.version, options, (file) =>
        answeredFile(
          client.GET(`${one}/files/{file}`, { params: { path: { ...asked, file } }, parseAs: 'stream' }),
        ),
      );
      printPulled([['dataset', `${found.project}/${found.name}@${found.version}`]], files, options);
    });
}

function wantedFiles({ split, quarantined = false }: DatasetPullOptions) {
  if (quarantined) return ['quarantine'] as const;
  return split === undefined ? (['train', 'validation'] as const) : [split];
}

function pullCommand(parent: Command, usage: string, words: { about: string; example: string }): Command {
  return gatewayCommand(parent, usage, words)
    .option('--to <folder>', 'where the files go', '.')
    .option('--force', 'replace files that are there');
}

/** One after the other, and none where one of them must not be replaced. */
async function pullAll<F extends string>(
  files: readonly (readonly [F, string])[],
  name: string,
  version: number,
  { to, force = false }: PullOptions,
  ask: (file: F) => ReturnType<typeof answeredFile>,
): Promise<PulledFile[]> {
  const target = (ending: string) => ({ folder: to, fileName: `${name}@${version}.${ending}`, force });
  for (const [, ending] of files) pullPath(target(ending));
  const pulled: PulledFile[] = [];
  for (const [file, ending] of files) pulled.push(await pullFile(await ask(file), target(ending)));
  return pulled;
}

function printPulled(
  facts: readonly (readonly [string, string])[],
  files: readonly PulledFile[],
  { json = false }: PullOptions,
): void {
  if (json) {
    printJson({ ...Object.fromEntries(facts), files });
    return;
  }
  printFacts(facts);
  printLine();
  printTable(
    ['file', 'bytes', 'sha256'],
    files.map(({ path, bytes, sha256 }) => [path, bytes, sha256]),
    'no file',
  );
}
