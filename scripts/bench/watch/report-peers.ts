import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { messageOf } from '../../../domain/errors/ratchet-error.js';
import { packageRoot } from '../../../stack/package-root.js';
import { peerPython } from '../peer-python.js';

const peers = join(packageRoot(), 'scripts/bench/watch/peers');

/** What another program took for two tables of the same size; seconds of the processor, without reading them. */
export interface MeasuredPeer {
  readonly name: string;
  readonly rows: number;
  readonly seconds: number;
  readonly peakMiB: number;
}

const asked = [
  { name: 'scipy', rows: 100_000 },
  { name: 'nannyml', rows: 100_000 },
  { name: 'evidently', rows: 100_000 },
  { name: 'scipy', rows: 1_000_000 },
] as const;

/** Each in a process of its own; a reason where they cannot be installed or run. */
export async function measurePeers(): Promise<readonly MeasuredPeer[] | { readonly reason: string }> {
  try {
    const python = await peerPython(join(peers, 'requirements.txt'));
    const measured: MeasuredPeer[] = [];
    for (const { name, rows } of asked) {
      const args = [join(peers, 'drift_report.py'), name, String(rows)];
      const { stdout } = await promisify(execFile)(python, args);
      const told = JSON.parse(stdout) as Pick<MeasuredPeer, 'seconds' | 'peakMiB'>;
      measured.push({ name, rows, ...told });
    }
    return measured;
  } catch (error) {
    return { reason: messageOf(error) };
  }
}
