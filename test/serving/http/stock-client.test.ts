import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { messageOf } from '../../../domain/errors/ratchet-error.js';
import { type ProgramPlace, pythonPlace } from '../../examples/program-environment.js';
import { type ServedPlane, servePlane } from './served-plane.js';

const folder = join(import.meta.dirname, '../stock-clients');

let served: ServedPlane;
let python: ProgramPlace | undefined;
/** Why there is none. */
let reason = '';
beforeAll(async () => {
  served = await servePlane();
  try {
    python = await pythonPlace(folder);
  } catch (error) {
    if (process.env['CI'] === 'true') throw error;
    reason = messageOf(error);
  }
}, 600_000);
afterAll(() => served.listening.close());

test("Triton's Python client speaks with the server over HTTP as it is, in bytes and in JSON", async (context) => {
  if (python === undefined) return context.skip(`its packages cannot be had: ${reason}`);
  const args = ['triton_http.py', `127.0.0.1:${served.listening.port}`];
  const { stdout } = await promisify(execFile)('python', args, { cwd: folder, env: { ...python.env } });
  const equal = { f32: true, f64: true, i64: true, i32: true, flag: true, text: true };
  expect(JSON.parse(stdout)).toMatchObject({
    live: true,
    ready: true,
    modelReady: [true, false],
    server: 'ratchet',
    metadata: { name: 'double', versions: ['1', '2'], platform: 'onnx_onnxv1' },
    id: 'x-7',
    binary: equal,
    json: equal,
    packed: equal,
    unknown: ['404', 'there is no such model or version'],
    index: ['broken', 'double', 'double', 'kinds', 'pick'],
    rows: 6,
  });
  expect(served.plane.asked[0]).toMatchObject({ priority: 1, timeoutMs: 60_000 });
});
