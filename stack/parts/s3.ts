import { mkdirSync } from 'node:fs';
import { bareEnvironment } from '../spawn-part.js';
import { logPath } from '../stack-paths.js';
import type { PartSpec } from '../supervised-part.js';
import { ensureTools } from '../toolchain.js';
import type { PartContext } from './part-context.js';
import { s3Answers } from './s3-answers.js';
import { keysEnvironment, removeSockets, s3Bucket, writeOptions } from './s3-options.js';

export const s3Region = 'us-east-1';

/** SeaweedFS in one process, reachable with our keys only. */
export async function s3Part(context: PartContext): Promise<PartSpec> {
  const { paths, port, secrets } = context;
  const { weed } = await ensureTools(['weed'], (text) => context.log('s3', text));
  mkdirSync(paths.s3, { recursive: true, mode: 0o700 });
  const endpoint = `http://127.0.0.1:${port('s3')}`;
  const bucket = new URL(`${endpoint}/${s3Bucket}`);
  const keys = { accessKey: secrets.s3AccessKey, secretKey: secrets.s3SecretKey, region: s3Region };
  return {
    name: 's3',
    address: endpoint,
    source: `toolchain: ${weed}`,
    command: {
      program: weed,
      args: ['-logtostderr', 'mini', `-options=${writeOptions(context)}`],
      env: { ...bareEnvironment(paths.s3), ...keysEnvironment(context) },
      cwd: paths.s3,
    },
    ask: (signal) => s3Answers(bucket, keys, signal),
    afterStop: () => removeSockets(context),
    startTimeoutMs: 30_000,
    stopSignal: 'SIGTERM',
    stopGraceMs: 10_000,
    logFile: logPath(paths, 's3'),
    secrets: Object.values(secrets),
  };
}
