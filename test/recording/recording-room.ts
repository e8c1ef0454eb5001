import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import postgres, { type Sql } from 'postgres';
import { afterEach, expect } from 'vitest';
import { openRecording, type Recording, type RecordingOptions } from '../../serving/record/open-recording.js';
import type { SharedStack } from '../setup/shared-stack.js';
import { type FreshDatabase, freshDatabase, testStack } from '../setup/stack.js';

/** Gives databases and recordings into them, which are taken away after each test. Default: on the server of the test run. */
export function recordingRoom(server: () => SharedStack['database'] = () => testStack().database) {
  const closers: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    for (const close of closers.splice(0).toReversed()) await close();
  });

  async function database(): Promise<FreshDatabase & { readonly app: Sql }> {
    const fresh = await freshDatabase('migrated', server());
    const app = postgres(fresh.appUrl, { max: 1, onnotice: () => undefined });
    closers.push(fresh.drop, () => app.end({ timeout: 1 }));
    return { ...fresh, app };
  }

  function spoolFolder(): string {
    const folder = mkdtempSync(join(tmpdir(), 'ratchet spool '));
    closers.push(async () => rmSync(folder, { recursive: true, force: true }));
    return folder;
  }

  /** `log` has the lines of its log. */
  function record(options: Partial<RecordingOptions> & Pick<RecordingOptions, 'databaseUrl'>) {
    const log: string[] = [];
    const logger = pino({ level: 'info' }, { write: (line: string) => void log.push(line) });
    const folder = options.folder ?? spoolFolder();
    const recording = openRecording(
      { folder, mostBytes: 64 * 2 ** 20, whenFull: 'drop-and-count', endpointOf: () => null, ...options },
      logger,
    );
    let closed: Promise<void> | undefined;
    const close = () => {
      closed ??= recording.close();
      return closed;
    };
    closers.push(close);
    return { ...recording, close, folder, log };
  }
  return { database, spoolFolder, record };
}

export interface StoredRow {
  readonly id: string;
  readonly row: number;
  readonly x: number | null;
  readonly y: number | null;
}

/** All that is stored, in the order of ids and rows. */
export async function storedRows(app: Sql): Promise<readonly StoredRow[]> {
  const rows = await app<StoredRow[]>`
    select id::text, row, (inputs->>'x')::float8 as x, (outputs->>'y')::float8 as y from predictions order by id, row`;
  return [...rows];
}

export async function delivered({ numbers }: Pick<Recording, 'numbers'>, rows: number): Promise<void> {
  await expect.poll(() => numbers().delivered).toBe(rows);
}
