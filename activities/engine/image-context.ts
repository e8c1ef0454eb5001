import { cp, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import type { ImageRecipe } from '../../domain/engine/image-recipe.js';
import { leanNode } from '../../domain/serving/lean-node.js';
import { packageFolders, reachableCode } from './reachable-code.js';

/** Where the image's content is taken from. */
export interface ImageSources {
  /** Folder with `dist/` and `node_modules/` of this product. */
  readonly packageRoot: string;
  /** Folder of the serving application, as it was tested; null: the stock application. */
  readonly application: string | null;
}

/** Ports of the data plane in its container. */
export const containerPorts = { http: 8000, grpc: 8001, metrics: 9464 } as const;

/** Rooms that run in the container; of the others there is what these import. */
const rooms = ['serving', 'inference'];

const healthCheck = `const answer = await fetch('http://127.0.0.1:${containerPorts.http}/v2/health/live');
process.exit(answer.ok ? 0 : 1);
`;

/**
 * Fills an empty folder with what the image of a serving host holds, and says how it is built of it. There is no model
 * in it: model and image change independently. Error: `PART_MISSING` where the product is not built or installed.
 */
export async function stageImageContext(
  folder: string,
  { packageRoot, application }: ImageSources,
): Promise<Omit<ImageRecipe, 'base'>> {
  const dist = join(packageRoot, 'dist');
  const code = await reachableCode(dist, rooms);
  for (const file of code.files) await copy(join(dist, file), join(folder, 'dist', file));
  for (const path of await packageFolders(packageRoot, code.packages)) {
    await copy(join(packageRoot, path), join(folder, path), isForLinux);
  }
  await writeFile(join(folder, 'package.json'), '{"type":"module"}\n');
  await writeFile(join(folder, 'health.js'), healthCheck);
  if (application !== null) await copy(application, join(folder, 'application'));
  return {
    parts: [
      'node_modules',
      'package.json',
      'health.js',
      'dist',
      ...(application === null ? [] : ['application']),
    ],
    env: {
      NODE_ENV: 'production',
      ...leanNode.env,
      ORT_DISABLE_TELEMETRY: '1',
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
      RATCHET_SERVING_HOST: '0.0.0.0',
      RATCHET_SERVING_HTTP_PORT: `${containerPorts.http}`,
      RATCHET_SERVING_GRPC_PORT: `${containerPorts.grpc}`,
      RATCHET_METRICS_HOST: '0.0.0.0',
      RATCHET_METRICS_PORT: `${containerPorts.metrics}`,
    },
    ports: Object.values(containerPorts),
    command: ['/usr/bin/node', ...leanNode.options, '/app/dist/serving/main.js'],
    healthCheck: ['/usr/bin/node', '/app/health.js'],
  };
}

/** Native files of the packages that the base has to have the libraries of. */
export function nativeAddons(packageRoot: string): readonly string[] {
  const folder = join(packageRoot, 'node_modules/onnxruntime-node/bin/napi-v6/linux/x64');
  return ['onnxruntime_binding.node', 'libonnxruntime.so.1'].map((name) => join(folder, name));
}

async function copy(
  source: string,
  target: string,
  isWanted: (path: string) => boolean = () => true,
): Promise<void> {
  await mkdir(dirname(target), { recursive: true });
  await cp(source, target, {
    recursive: true,
    verbatimSymlinks: true,
    filter: (path) => isWanted(relative(source, path)),
  });
}

const otherSystems = /^bin\/napi-v\d+\/(darwin|win32|linux\/(?!x64))/;
/** What is read by people and compilers only. */
const notRun = /\.(map|md|[cm]?ts)$/;
/** A package's own packages are found and copied one by one. */
const isForLinux = (path: string) =>
  !otherSystems.test(path) && !notRun.test(path) && !/(^|\/)node_modules(\/|$)/.test(path);
