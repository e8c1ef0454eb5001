import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type { Command } from 'commander';
import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { OnnxInterface } from '../../domain/onnx/model-interface.js';
import { packageRoot } from '../../stack/package-root.js';
import { answered, answeredFile } from '../answered.js';
import { type GatewayOptions, gatewayCommand } from '../gateway-command.js';
import { openClient } from '../open-client.js';
import { printFacts, printJson, printLine } from '../print.js';
import { pullFile } from '../pull-file.js';
import { splitVersion } from '../split-name.js';
import { bundleModules } from './bundle-modules.js';
import {
  type BundledVersion,
  factsText,
  indexText,
  packageText,
  readmeText,
  typesText,
} from './bundle-texts.js';

interface BundleOptions extends GatewayOptions {
  readonly out?: string;
}

const one = '/api/v1/models/{project}/{model}/{version}';

/** `ratchet model bundle`. */
export function registerModelBundle(model: Command): void {
  gatewayCommand(model, 'bundle <model@version>', {
    about: 'an npm package that answers without a network as the platform does; the audit tells of it',
    example: 'ratchet model bundle flights/late-arrival@champion --out late-arrival',
  })
    .option('--out <folder>', 'the new folder of the package (default: <project>-<model>)')
    .action(async (text: string, options: BundleOptions) => {
      const client = await openClient(options);
      const { project, name, version: asked } = splitVersion(text, 'model');
      const found = await answered(
        client.GET(one, { params: { path: { project, model: name, version: asked } } }),
      );
      const version: BundledVersion = {
        project: found.project,
        model: found.model,
        version: found.version,
        sha256: found.digest,
        commit: found.commit,
        runId: found.runId,
        dataset: `${found.dataset.name}@${found.dataset.version}`,
        interface: found.interface as OnnxInterface,
      };
      const folder = resolve(options.out ?? `${version.project}-${version.model}`);
      // An alias may move while files come.
      const at = { project, model: name, version: String(version.version), file: 'model' as const };
      await writePackage(folder, version, () =>
        answeredFile(client.GET(`${one}/files/{file}`, { params: { path: at }, parseAs: 'stream' })),
      );
      printBundle(folder, version, options);
    });
}

type AskFile = () => ReturnType<typeof answeredFile>;

/** The folder is there whole or not at all. Error: `CONFLICT` where something is there, and those of `pullFile`. */
async function writePackage(folder: string, version: BundledVersion, ask: AskFile): Promise<void> {
  if (existsSync(folder))
    throw new RatchetError('CONFLICT', `${folder} is there already; --out names another folder`, { folder });
  await mkdir(dirname(folder), { recursive: true });
  const part = await mkdtemp(join(dirname(folder), `.${basename(folder)}-`));
  try {
    const pulled = await pullFile(await ask(), {
      folder: part,
      fileName: `${version.model}@${version.version}.onnx`,
      force: false,
    });
    if (pulled.sha256 !== version.sha256)
      throw new RatchetError(
        'BLOB_CORRUPT',
        `the file of the model has the digest ${pulled.sha256}, not ${version.sha256}`,
      );
    await rename(pulled.path, join(part, 'model.onnx'));
    for (const [name, content] of await filesOf(version)) {
      await mkdir(dirname(join(part, name)), { recursive: true });
      await writeFile(join(part, name), content);
    }
    await rename(part, folder);
  } finally {
    await rm(part, { recursive: true, force: true });
  }
}

async function filesOf(version: BundledVersion): Promise<readonly (readonly [string, string])[]> {
  const own = JSON.parse(readFileSync(join(packageRoot(), 'package.json'), 'utf8')) as {
    readonly dependencies: Readonly<Record<string, string>>;
    readonly engines: { readonly node: string };
  };
  const modules = (await bundleModules()).map(({ name, code }) => [`lib/${name}`, code] as const);
  return [
    ['package.json', packageText(version, own.dependencies['onnxruntime-node'] ?? '', own.engines.node)],
    ['model.json', factsText(version)],
    ['index.js', indexText],
    ['index.d.ts', typesText(version)],
    ['README.md', readmeText(version)],
    ...modules,
  ];
}

function printBundle(folder: string, version: BundledVersion, { json = false }: BundleOptions): void {
  const model = `${version.project}/${version.model}@${version.version}`;
  if (json) {
    printJson({ model, folder, sha256: version.sha256 });
    return;
  }
  printFacts([
    ['model', model],
    ['folder', folder],
    ['sha256', version.sha256],
  ]);
  printLine();
  printLine(`  npm install ${folder}`);
}
