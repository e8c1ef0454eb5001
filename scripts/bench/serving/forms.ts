import { normalDraw } from '../../../domain/stats/normal-draw.js';
import { seededRandom } from '../../../domain/stats/seeded-random.js';
import { loadServices } from '../../../serving/grpc/services.js';
import type { Figure } from '../figures.js';
import { type LoadTerms, measureLoad } from './measure-load.js';
import { inferBody, ratchet, type Things } from './programs.js';
import { httpRequest, type Server, startServer } from './server.js';

const rows = 64;
const playMs = 4000;
const terms: LoadTerms = { connections: 16, playMs };
/** What binary tensors and gRPC are to be faster than JSON, and rows of a stream in a second. */
const [timesJson, streamRows] = [1.5, 50_000];

/** Rows a second of our server in each form of a request, with many rows in it. */
export async function measureForms(things: Things): Promise<readonly Figure[]> {
  const server = await startServer(ratchet(things));
  try {
    const { http } = server.ports;
    const data = rowsLike(things.row);
    const json = await rowsPerSecond(http, httpRequest(path, inferBody(data, rows)), terms);
    const binary = await rowsPerSecond(http, binaryRequest(data), terms);
    const overGrpc = (kind: 'grpc' | 'grpc-stream') =>
      rowsPerSecond(server.ports.grpc, grpcRequest(data), { ...terms, kind });
    const [grpc, grpcStream] = [await overGrpc('grpc'), await overGrpc('grpc-stream')];
    const stream = await streamed(server, things.row);
    const rate = (what: string, value: number): Figure => ({ what, value, unit: 'per s' });
    const asked = (what: string, value: number): Figure => {
      return { what, value, unit: 'times', limit: 1 / timesJson };
    };
    return [
      rate(`rows in JSON, ${rows} a request`, json),
      rate(`rows in binary tensors, ${rows} a request`, binary),
      rate(`rows over gRPC, ${rows} a call`, grpc),
      rate(`rows over a stream of gRPC, ${rows} a message`, grpcStream),
      rate('rows of a stream of lines', stream),
      asked('rows in JSON by rows in binary tensors', json / binary),
      asked('rows in JSON by rows over gRPC', json / grpc),
      asked('rows in JSON by rows over a stream of gRPC', json / grpcStream),
      { what: `${streamRows} rows of a stream of lines`, value: streamRows / stream, unit: 's', limit: 1 },
    ];
  } finally {
    await server.stop();
  }
}

async function rowsPerSecond(port: number, request: Buffer, of: LoadTerms): Promise<number> {
  return rows * (await measureLoad(port, request, of)).perSecond;
}

async function streamed({ ports }: Server, row: readonly number[]): Promise<number> {
  const lines = Buffer.from(`${JSON.stringify(row)}\n`.repeat(256));
  const path = '/v2/models/trees/predict';
  return (await measureLoad(ports.http, lines, { connections: 1, playMs, kind: 'lines', path })).perSecond;
}

const path = '/v2/models/trees/infer';

/** Rows of floats that differ in all their digits: equal and round ones are read faster than those of a user. */
function rowsLike(row: readonly number[]): readonly number[] {
  const random = seededRandom(1);
  return Array.from({ length: rows * row.length }, () => Math.fround(normalDraw(random)));
}

function bytesOf(data: readonly number[]): Buffer {
  return Buffer.from(Float32Array.from(data).buffer);
}

const shapeOf = (data: readonly number[]) => [rows, data.length / rows];

function binaryRequest(data: readonly number[]): Buffer {
  const bytes = bytesOf(data);
  const input = { name: 'x', shape: shapeOf(data), datatype: 'FP32' };
  const head = Buffer.from(
    JSON.stringify({
      parameters: { binary_data_output: true },
      inputs: [{ ...input, parameters: { binary_data_size: bytes.length } }],
    }),
  );
  return httpRequest(path, Buffer.concat([head, bytes]), {
    'content-type': 'application/octet-stream',
    'inference-header-content-length': String(head.length),
  });
}

/** The message is the same for a call and for a stream. */
function grpcRequest(data: readonly number[]): Buffer {
  const method = loadServices().inference['ModelInfer'];
  if (method === undefined) throw new Error('the service has no ModelInfer');
  return method.requestSerialize({
    model_name: 'trees',
    inputs: [{ name: 'x', datatype: 'FP32', shape: shapeOf(data) }],
    raw_input_contents: [bytesOf(data)],
  });
}
