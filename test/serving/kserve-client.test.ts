import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { tensorTypes } from '../../domain/onnx/model-interface.js';
import type { Serving } from '../../serving/open-serving.js';
import { openServer, servingRoom } from './serving-room.js';
import { addsTwo, passes } from './small-models.js';
import { kservePlace } from './stock-clients/client-place.js';

const typed = tensorTypes.filter((type) => type !== 'float16');
const room = servingRoom();
let serving: Serving;
let place: Awaited<ReturnType<typeof kservePlace>>;
beforeAll(async () => {
  serving = await openServer(
    room.repositoryOf({
      'all/1/model.onnx': passes(tensorTypes),
      'listed/1/model.onnx': passes(typed),
      'pair/1/model.onnx': addsTwo(),
      'broken/1/model.onnx': 'no model',
    }),
  );
  place = await kservePlace();
}, 600_000);
afterAll(() => serving.close());

test("KServe's Python client speaks with the server as it is, over REST in both versions and over gRPC", async (context) => {
  if ('missing' in place) return context.skip(`its packages cannot be had: ${place.missing}`);
  const args = ['kserve_client.py', serving.at.http, serving.at.grpc];
  const { stdout } = await promisify(execFile)('python', args, { cwd: place.folder, env: { ...place.env } });
  const equal = Object.fromEntries(typed.map((type) => [type, true]));
  const health = { live: true, modelReady: [true, false] };
  const unknown = 'there is no model "nobody"';
  expect(JSON.parse(stdout)).toEqual({
    rest: {
      ...health,
      // What KServe's own server says, too, makes its client raise.
      ready: [503, expect.stringContaining('a model is not ready')],
      id: 'x-7',
      type: 'application/json',
      json: equal,
      binary: { ...equal, float16: true },
      unknown: [404, expect.stringContaining(unknown)],
    },
    v1: {
      live: true,
      modelReady: [true, false],
      predictions: [
        { y: 3.5, d: -0.5 },
        { y: 7, d: -1 },
      ],
      bad: [400, expect.stringContaining('row 0: has 1 values, the model has 2 inputs')],
      explain: [501, expect.stringContaining('this server has no explanations')],
    },
    grpc: {
      ...health,
      ready: false,
      id: 'x-7',
      typed: equal,
      raw: { ...equal, float16: true },
      unknown: ['NOT_FOUND', expect.stringContaining(unknown)],
    },
  });
});
