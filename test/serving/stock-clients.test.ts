import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type GrpcRoom, openGrpcRoom } from './grpc/grpc-room.js';
import { clientPlace } from './stock-clients/client-place.js';

let room: GrpcRoom;
let place: Awaited<ReturnType<typeof clientPlace>>;
beforeAll(async () => {
  room = await openGrpcRoom();
  place = await clientPlace();
}, 600_000);
afterAll(() => room.close());

test("Triton's Python client speaks with the server over gRPC as it is", async (context) => {
  if ('missing' in place) return context.skip(`its packages cannot be had: ${place.missing}`);
  const { stdout } = await promisify(execFile)(
    'python',
    ['triton_grpc.py', `127.0.0.1:${room.server.port}`],
    {
      cwd: place.folder,
      env: { ...place.env },
    },
  );
  const report = JSON.parse(stdout);
  expect(report).toMatchObject({
    live: true,
    ready: true,
    modelReady: [true, false],
    server: 'ratchet',
    metadata: { name: 'echo', versions: ['1', '2'], platform: 'onnx_onnxv1' },
    head: ['x-7', '1'],
    equal: { a_float32: true, a_float64: true, a_int64: true, a_int32: true, a_string: true, a_bool: true },
    outputs: ['a_bool'],
    packed: true,
    stream: [['s-1', true], 'there is no model "nobody" version at all', ['s-3', true]],
    unknown: ['StatusCode.NOT_FOUND', 'there is no model "nobody" version at all'],
    full: ['StatusCode.RESOURCE_EXHAUSTED', 'there are 1000 rows in the queue, allowed are 1000'],
    rows: '12',
  });
  expect(report.late[0]).toBe('StatusCode.DEADLINE_EXCEEDED');
  expect(report.index).toContain('echo');
  expect(room.plane.calls).toEqual(['load echo', 'unload echo']);
  const [first] = room.plane.requests;
  expect(first).toMatchObject({ priority: 1, timeoutMs: 60_000 });
});
