import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterEach } from 'vitest';
import type { TensorValue } from '../../inference/codec/tensors.js';
import type { InferenceAnswer, InferenceRequest } from '../../serving/inference-request.js';
import { openRepositoryFolder } from '../../serving/models/repository-folder.js';
import { type DataPlaneOptions, type OpenDataPlane, openDataPlane } from '../../serving/open-data-plane.js';
import { openServing, type Serving } from '../../serving/open-serving.js';
import { loadSection } from '../../temporal.config.js';

type Files = Readonly<Record<string, Uint8Array | string>>;

/** Gives repositories and data planes over them, which are taken away after each test. */
export function servingRoom() {
  const opened: OpenDataPlane[] = [];
  const folders: string[] = [];
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((plane) => plane.close()));
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
  });

  function repositoryOf(files: Files): string {
    const folder = mkdtempSync(join(tmpdir(), 'ratchet repository '));
    folders.push(folder);
    put(folder, files);
    return folder;
  }

  async function open(files: Files, options: Partial<DataPlaneOptions> = {}) {
    const repository = repositoryOf(files);
    const plane = await openDataPlane({ ...usual, source: openRepositoryFolder(repository), ...options });
    opened.push(plane);
    return { plane, repository };
  }
  return { open, repositoryOf };
}

/** A whole server of a repository, on free ports. Whoever asks for it closes it. */
export async function openServer(
  repository: string,
  settings: Readonly<Record<string, string>> = {},
): Promise<Serving> {
  const env = {
    RATCHET_SERVING_REPOSITORY: repository,
    RATCHET_SERVING_HTTP_PORT: '0',
    RATCHET_SERVING_GRPC_PORT: '0',
    RATCHET_METRICS_PORT: '0',
    ...settings,
  };
  const config = {
    serving: loadSection('serving', env),
    metrics: loadSection('metrics', env),
    workers: loadSection('workers', env),
  };
  return await openServing(config, pino({ level: 'silent' }), null);
}

const usual: Omit<DataPlaneOptions, 'source'> = {
  defaultModel: null,
  executionProvider: 'cpu',
  workers: 1,
  mostQueuedRows: 20_000,
  mostBatchRows: 256,
  timeoutMs: 60_000,
  limits: { deadlineMs: 60_000, memoryBytes: 600 * 2 ** 20 },
};

/** Files by their path in the repository. */
export function put(repository: string, files: Files): void {
  for (const [path, bytes] of Object.entries(files)) {
    const at = join(repository, path);
    mkdirSync(join(at, '..'), { recursive: true });
    writeFileSync(at, bytes);
  }
}

/** Rows of one number for the input `x`. */
export function numbers(...rows: readonly number[]): TensorValue {
  return { name: 'x', type: 'float32', dims: [rows.length, 1], data: Float32Array.from(rows) };
}

export function ask(
  model: string,
  input: TensorValue,
  more: Partial<InferenceRequest> = {},
): InferenceRequest {
  return { model, version: null, inputs: [input], outputs: [], ...more };
}

/** All that a model with one output answers. */
export function answersOf({ outputs }: InferenceAnswer): readonly (number | bigint | string)[] {
  return [...(outputs[0]?.data ?? [])];
}
