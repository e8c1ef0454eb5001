import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { messageOf } from '../../domain/errors/ratchet-error.js';
import { type ProgramPlace, pythonPlace } from '../examples/program-environment.js';
import { type GrpcRoom, openGrpcRoom } from './grpc/grpc-room.js';

const folder = join(import.meta.dirname, 'stock-clients');

let room: GrpcRoom;
let python: ProgramPlace | undefined;
/** Why there is none. */
let reason = '';
beforeAll(async () => {
  room = await openGrpcRoom();
  try {
    python = await pythonPlace(folder);
  } catch (error) {
    if (process.env['CI'] === 'true') throw error;
    reason = messageOf(error);
  }
}, 600_000);
afterAll(() => room.close());

test("Triton's Python client speaks with the server over gRPC as it is", async (context) => {
  if (python === undefined) return context.skip(`its packages cannot be had: ${reason}`);
  const { stdout } = await promisify(execFile)(
    'python',
    ['triton_grpc.py', `127.0.0.1:${room.server.port}`],
    {
      cwd: folder,
      env: { ...python.env },
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
