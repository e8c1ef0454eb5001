import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { clientPlace } from '../stock-clients/client-place.js';
import { type ServedPlane, servePlane } from './served-plane.js';

let served: ServedPlane;
let place: Awaited<ReturnType<typeof clientPlace>>;
beforeAll(async () => {
  served = await servePlane();
  place = await clientPlace();
}, 600_000);
afterAll(() => served.listening.close());

test("Triton's Python client speaks with the server over HTTP as it is, in bytes and in JSON", async (context) => {
  if ('missing' in place) return context.skip(`its packages cannot be had: ${place.missing}`);
  const args = ['triton_http.py', `127.0.0.1:${served.listening.port}`];
  const { stdout } = await promisify(execFile)('python', args, { cwd: place.folder, env: { ...place.env } });
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
