import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { leanNode } from '../../../domain/serving/lean-node.js';
import { packageRoot } from '../../../stack/package-root.js';
import type { ServerProgram } from './server.js';

/** Sources of the peers; they are not compiled. */
const peers = join(packageRoot(), 'scripts/bench/serving/peers');

export interface Things {
  readonly folder: string;
  readonly model: string;
  /** Folder of the model for servers that serve folders. */
  readonly repository: string;
  /** Pythons with the peers installed, of which two do not live in one environment. */
  readonly pythons: { readonly mlserver: string; readonly others: string };
  /** One row of twelve floats. */
  readonly row: readonly number[];
}

/** So many rows, one after the other. */
export function inferBody(data: readonly number[], rows = 1): string {
  const shape = [rows, data.length / rows];
  return JSON.stringify({ inputs: [{ name: 'x', shape, datatype: 'FP32', data }] });
}

const inferPath = '/v2/models/trees/infer';

export function ratchet(
  { repository, row }: Things,
  more: Readonly<Record<string, string>> = {},
): ServerProgram {
  return {
    name: 'ratchet',
    command: () => [process.execPath, ...leanNode.options, join(packageRoot(), 'dist/serving/main.js')],
    env: ({ http, grpc, metrics }) => ({
      ...leanNode.env,
      RATCHET_SERVING_REPOSITORY: repository,
      RATCHET_SERVING_HTTP_PORT: String(http),
      RATCHET_SERVING_GRPC_PORT: String(grpc),
      RATCHET_METRICS_PORT: String(metrics),
      ...more,
    }),
    path: inferPath,
    body: inferBody(row),
  };
}

export function bareNode({ model, row }: Things, kind: 'inline' | 'batch'): ServerProgram {
  return {
    name: `bare Node, ${kind}`,
    command: ({ http }) => [process.execPath, join(peers, 'bare-node.mjs'), model, String(http), kind],
    path: inferPath,
    body: inferBody(row),
  };
}

export function fastApi({ model, pythons, row }: Things): ServerProgram {
  return {
    name: 'FastAPI',
    command: ({ http }) => [pythons.others, join(peers, 'fastapi_server.py'), model, String(http)],
    path: inferPath,
    body: inferBody(row),
  };
}

/** With adaptive batching, or without; it is faster without processes of its own on one core. */
export async function mlServer(
  { folder, model, pythons, row }: Things,
  batching: boolean,
): Promise<ServerProgram> {
  const home = join(folder, `mlserver-${batching}`);
  await mkdir(home, { recursive: true });
  const batch = batching ? { max_batch_size: 64, max_batch_time: 0.002 } : {};
  const settings = {
    name: 'trees',
    implementation: 'onnx_runtime.OnnxModel',
    parameters: { uri: model },
    ...batch,
  };
  await writeFile(join(home, 'model-settings.json'), JSON.stringify(settings));
  return {
    name: `MLServer${batching ? ', batching' : ''}`,
    command: () => [pythons.mlserver, '-c', 'from mlserver.cli.main import root; root()', 'start', home],
    env: ({ http, grpc, metrics }) => ({
      PYTHONPATH: peers,
      MLSERVER_HTTP_PORT: String(http),
      MLSERVER_GRPC_PORT: String(grpc),
      MLSERVER_METRICS_PORT: String(metrics),
      MLSERVER_HOST: '127.0.0.1',
      MLSERVER_PARALLEL_WORKERS: '0',
      MLSERVER_DEBUG: 'false',
    }),
    cwd: home,
    path: inferPath,
    body: inferBody(row),
  };
}

export function bento({ model, pythons, row }: Things): ServerProgram {
  return {
    name: 'BentoML',
    command: ({ http }) => [
      pythons.others,
      '-m',
      'bentoml',
      'serve',
      'bento:Trees',
      '--host',
      '127.0.0.1',
      '--port',
      String(http),
    ],
    env: () => ({ MODEL: model, BENTOML_DO_NOT_TRACK: 'True' }),
    cwd: peers,
    path: '/infer',
    body: JSON.stringify({ x: [row] }),
  };
}
