import { renameSync, writeFileSync } from 'node:fs';

/** Replaces a file in one step, so that a reader or a crash never sees half of it. */
export function writeAtomically(path: string, text: string, mode: number): void {
  const next = `${path}.${process.pid}.next`;
  writeFileSync(next, text, { mode, flush: true });
  renameSync(next, path);
}
