import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { leanNode } from '../../../domain/serving/lean-node.js';
import { packageRoot } from '../../../stack/package-root.js';
import { addsTo, looksUp, takesItsTime } from '../../../test/serving/small-models.js';

/** A server as users have it, with three models of its own folder. */
export interface SoakedServer {
  readonly http: string;
  /** How long what was due had to wait in the server, by quantile, since this was asked last. */
  eventLoopDelayMs(): Promise<Readonly<Record<'p50' | 'p99' | 'longest', number>>>;
  readonly pid: number;
  /** Puts a new version of the quick model beside the one there is; the older of three is taken away. */
  release(version: number): Promise<void>;
  stop(): Promise<number | null>;
}

export async function openSoakedServer(folder: string): Promise<SoakedServer> {
  await rm(folder, { recursive: true, force: true });
  const put = async (model: string, version: number, bytes: Uint8Array) => {
    const place = join(folder, model, String(version));
    await mkdir(place, { recursive: true });
    // The server may read the folder at any moment.
    await writeFile(join(place, 'model.part'), bytes);
    await rename(join(place, 'model.part'), join(place, 'model.onnx'));
  };
  await put('quick', 1, addsTo(1));
  await put('slow', 1, takesItsTime());
  await put('table', 1, looksUp([10, 11, 12]));
  const child = spawn(process.execPath, [...leanNode.options, join(packageRoot(), 'dist/serving/main.js')], {
    env: {
      ...leanNode.env,
      ...process.env,
      RATCHET_SERVING_REPOSITORY: folder,
      RATCHET_SERVING_HTTP_PORT: '0',
      RATCHET_SERVING_GRPC_PORT: '0',
      RATCHET_METRICS_PORT: '0',
    },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const ended = once(child, 'exit').then(([code]) => code as number | null);
  const said = once(createInterface(child.stdout), 'line').then(([line]) => JSON.parse(line as string));
  const ready = await Promise.race([said, ended]);
  if (ready?.ready !== true) throw new Error('the server did not start');
  return {
    http: ready.http,
    eventLoopDelayMs: async () => {
      const text = await (await fetch(ready.metrics)).text();
      const at = (quantile: string) => {
        const found = new RegExp(
          `^ratchet_event_loop_delay_seconds\\{quantile="${quantile}"\\} (\\S+)$`,
          'm',
        ).exec(text);
        return 1000 * Number(found?.[1]);
      };
      return { p50: at('0.5'), p99: at('0.99'), longest: at('1') };
    },
    pid: child.pid ?? 0,
    release: async (version) => {
      await put('quick', version, addsTo(1));
      await rm(join(folder, 'quick', String(version - 2)), { recursive: true, force: true });
    },
    stop: async () => {
      child.kill('SIGTERM');
      return await ended;
    },
  };
}
