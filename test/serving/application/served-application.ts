import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { type afterAll, afterEach } from 'vitest';
import type { ManifestApplication } from '../../../domain/serving/manifest.js';
import { writeManifestFile } from '../../../serving/manifest/manifest-file.js';
import type { RegistryStores } from '../../../serving/open-models.js';
import { openServing, type Serving } from '../../../serving/open-serving.js';
import { loadSection } from '../../../temporal.config.js';
import { put } from '../serving-room.js';
import { addsTo } from '../small-models.js';

export interface ServedApplication {
  readonly serving: Serving;
  /** Lines of the server's log. */
  readonly log: string[];
  predict(body: unknown): Promise<{ readonly status: number; readonly body: unknown }>;
  /** Sends lines, reads lines. */
  stream(lines: readonly string[]): Promise<readonly unknown[]>;
  get(path: string): Promise<{ readonly status: number; readonly body: unknown }>;
  metrics(): Promise<string>;
}

const description = {
  api: { version: '1.0', input: { a: { type: 'number' } }, output: { y: { type: 'number' } } },
  metrics: {
    asked: { kind: 'counter', help: 'Rows.', labels: { sign: ['plus', 'minus'] } },
    size: { kind: 'histogram', help: 'Size.', buckets: [1, 10] },
    last: { kind: 'gauge', help: 'Last.' },
  },
  examples: [{ a: 1 }],
  samples: false,
};

/** The text of an application with these steps, whose model adds one to `x`. */
export const applicationOf = (steps: { preprocess?: string; postprocess?: string; top?: string }) => `
${steps.top ?? ''}
class Refusal extends Error { name = 'Refusal'; }
const { samples, ...declared } = ${JSON.stringify(description)};
export const application = {
  ...declared,
  async preprocess(row, { metrics, model }) { ${steps.preprocess ?? 'return { x: row.a };'} },
  async postprocess(prediction, { metrics, model, row, modelRow }) { ${steps.postprocess ?? 'return { y: prediction };'} },
};
`;

/** What the build of such an application leaves. */
export const applicationFiles = (steps: Parameters<typeof applicationOf>[0]) => ({
  'package.json': '{"type":"module"}',
  'src/application.js': applicationOf(steps),
  'application.json': JSON.stringify(description),
});

/** Serves applications before a real model, and takes them away after each test, or after all of them. */
export function applicationServer(after: typeof afterEach | typeof afterAll = afterEach) {
  const closers: (() => Promise<unknown>)[] = [];
  after(async () => {
    for (const close of closers.splice(0).reverse()) await close();
  });

  async function serve(
    steps: Parameters<typeof applicationOf>[0],
    settings: Readonly<Record<string, string>> = {},
  ): Promise<ServedApplication> {
    const folder = await mkdtemp(join(tmpdir(), 'ratchet application '));
    closers.push(() => rm(folder, { recursive: true }));
    const built = join(folder, 'built');
    put(built, applicationFiles(steps));
    return await serveFolder(built, folder, settings);
  }

  async function serveFolder(built: string, folder: string, settings: Readonly<Record<string, string>>) {
    put(join(folder, 'models'), { 'adds/1/model.onnx': addsTo(1) });
    const models = { RATCHET_SERVING_REPOSITORY: join(folder, 'models'), RATCHET_SERVING_APPLICATION: built };
    return await open({ ...models, ...settings }, null);
  }

  /** The application and its model as whoever deploys them says it. */
  async function serveManifest(folder: string, application: ManifestApplication, model: Uint8Array) {
    const path = join(folder, 'manifest.json');
    const sha256 = createHash('sha256').update(model).digest('hex');
    const about = { project: 'p', model: 'adds', version: 3, alias: 'champion', sha256, bytes: model.length };
    await writeManifestFile(path, {
      version: 1,
      endpoint: 'p/adds',
      revision: '1',
      models: [about],
      defaultModel: 'adds',
      application,
    });
    const env = { RATCHET_SERVING_MANIFEST: path, RATCHET_SERVING_CACHE_DIR: join(folder, 'cache') };
    return await open(env, { versions: null, fetch: (_, to) => writeFile(to, model) });
  }

  async function open(given: Readonly<Record<string, string>>, stores: RegistryStores | null) {
    const env = {
      RATCHET_SERVING_HTTP_PORT: '0',
      RATCHET_SERVING_GRPC_PORT: '0',
      RATCHET_METRICS_PORT: '0',
      RATCHET_SERVING_APP_BLOCK_MS: '1000',
      ...given,
    };
    const config = {
      serving: loadSection('serving', env),
      metrics: loadSection('metrics', env),
      workers: loadSection('workers', env),
    };
    const log: string[] = [];
    const logger = pino({}, { write: (line: string) => void log.push(line) });
    const serving = await openServing(config, logger, stores);
    let closed: Promise<void> | undefined;
    const close = () => {
      closed ??= serving.close();
      return closed;
    };
    closers.push(close);
    return asking({ ...serving, close }, log);
  }
  return { serve, serveFolder, serveManifest };
}

function asking(serving: Serving, log: string[]): ServedApplication {
  const { http, metrics } = serving.at;
  const told = async (response: Response) => ({
    status: response.status,
    body: (await response.json()) as unknown,
  });
  return {
    serving,
    log,
    predict: async (body) =>
      told(await fetch(`${http}/predict`, { method: 'POST', body: JSON.stringify(body) })),
    stream: async (lines) => {
      const headers = { 'content-type': 'application/x-ndjson' };
      const response = await fetch(`${http}/predict`, { method: 'POST', headers, body: lines.join('\n') });
      return (await response.text())
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown);
    },
    get: async (path) => told(await fetch(`${http}${path}`)),
    metrics: async () => (await fetch(metrics)).text(),
  };
}
