import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

/** Gives files in a folder of this test file, which is taken away after it. The folder has a space in its name. */
export function modelFiles(): (bytes: Uint8Array) => string {
  const folder = mkdtempSync(join(tmpdir(), 'ratchet models '));
  afterAll(() => rmSync(folder, { recursive: true }));
  let count = 0;
  return (bytes) => {
    count += 1;
    const path = join(folder, `${count}.onnx`);
    writeFileSync(path, bytes);
    return path;
  };
}
