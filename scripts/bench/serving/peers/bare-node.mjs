/** A server that does nothing but parse, run what has come, and answer: node bare-node.mjs <model.onnx> <port> <inline|batch>. */
import { createServer } from 'node:http';
import { InferenceSession, Tensor } from 'onnxruntime-node';

const [path, port, kind] = process.argv.slice(2);
const session = await InferenceSession.create(path, { intraOpNumThreads: 1, interOpNumThreads: 1 });
let waiting = [];

async function drain() {
  const batch = waiting;
  waiting = [];
  const x = new Float32Array(batch.length * 12);
  for (const [row, { body }] of batch.entries()) x.set(body.inputs[0].data, row * 12);
  const { label, probabilities } = await session.run({ x: new Tensor('float32', x, [batch.length, 12]) });
  for (const [row, { response }] of batch.entries()) {
    const content = JSON.stringify({
      model_name: 'trees',
      outputs: [
        { name: 'label', shape: [1], datatype: 'INT64', data: [Number(label.data[row])] },
        {
          name: 'probabilities',
          shape: [1, 2],
          datatype: 'FP32',
          data: [probabilities.data[row * 2], probabilities.data[row * 2 + 1]],
        },
      ],
    });
    response.setHeader('content-type', 'application/json');
    response.setHeader('content-length', Buffer.byteLength(content));
    response.end(content);
  }
  isDraining = false;
  if (waiting.length > 0) soon();
}

let isDraining = false;
function soon() {
  if (isDraining) return;
  isDraining = true;
  if (kind === 'inline') void drain();
  else setImmediate(drain);
}

createServer((request, response) => {
  if (request.method === 'GET') return response.end('{"ready":true}');
  const pieces = [];
  request.on('data', (piece) => pieces.push(piece));
  request.on('end', () => {
    waiting.push({ body: JSON.parse(Buffer.concat(pieces).toString()), response });
    soon();
  });
}).listen(Number(port), '127.0.0.1');
