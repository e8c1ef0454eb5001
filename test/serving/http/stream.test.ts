import { once } from 'node:events';
import { request as openRequest } from 'node:http';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ServedPlane, servePlane } from './served-plane.js';

const lineBytes = 64 * 1024;
let served: ServedPlane;
beforeEach(async () => {
  served = await servePlane({ mostBodyBytes: lineBytes });
});
afterEach(() => served.listening.close());

const headers = { 'content-type': 'application/x-ndjson' };

async function send(body: string, path = '/predict'): Promise<unknown[]> {
  const response = await fetch(`${served.base}${path}`, { method: 'POST', headers, body });
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('application/x-ndjson');
  return (await response.text())
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);
}

/** A stream whose lines are sent and read one by one. */
function open(path = '/predict') {
  const sender = openRequest(`${served.base}${path}`, { method: 'POST', headers });
  sender.on('error', () => undefined);
  return sender;
}

describe('a stream of rows', () => {
  it('answers a row a line, in order, with the version that answered', async () => {
    const rows = Array.from({ length: 5000 }, (_, i) => [i, 0, 1]);
    const answers = await send(rows.map((row) => JSON.stringify(row)).join('\n'));
    expect(answers).toEqual(rows.map(([i = 0]) => ({ prediction: [i * 2, 0, 2], model_version: '2' })));
  });

  it('tells a bad row on its own line and goes on', async () => {
    const lines = [
      '[1,2,3]',
      '[1,2',
      '',
      '{"x":[4,5,6]}',
      '[1,"2",3]',
      `["${'a'.repeat(lineBytes)}"]`,
      '[7,8,9]\r',
    ];
    expect(await send(lines.join('\n'))).toEqual([
      { prediction: [2, 4, 6], model_version: '2' },
      { error: 'the body is not JSON' },
      { prediction: [8, 10, 12], model_version: '2' },
      { error: 'row 0: "x" is a string, allowed is a number that FP32 holds, or null for NaN' },
      { error: 'the line is longer than a body may be' },
      { prediction: [14, 16, 18], model_version: '2' },
    ]);
  });

  it('answers the mates of a row that the model cannot answer', async () => {
    expect(await send('0\n9\n2\n', '/v2/models/pick/predict')).toEqual([
      { prediction: 10, model_version: '1' },
      { error: 'an index is out of range' },
      { prediction: 30, model_version: '1' },
    ]);
  });

  it('answers a line before the next one is sent', async () => {
    const sender = open();
    sender.write('[1,2,3]\n');
    const [response] = (await once(sender, 'response')) as [Readable];
    const lines = createInterface({ input: response })[Symbol.asyncIterator]();
    expect((await lines.next()).value).toBe('{"prediction":[2,4,6],"model_version":"2"}');
    sender.write('[4,5,');
    sender.write('6]\n');
    expect((await lines.next()).value).toBe('{"prediction":[8,10,12],"model_version":"2"}');
    sender.end();
    expect((await lines.next()).done).toBe(true);
  });

  it('takes no more rows from a sender that does not read the answers', async () => {
    const sender = open();
    sender.flushHeaders();
    const [response] = (await once(sender, 'response')) as [Readable];
    response.pause();
    const rows = Buffer.from('[1,2,3]\n'.repeat(10_000));
    const mostWrites = 4000;
    let writes = 0;
    let blocked = false;
    while (!blocked && writes < mostWrites) {
      writes += 1;
      if (!sender.write(rows)) blocked = await staysBlocked(sender);
    }
    const sent = writes * 10_000;
    const taken = () => served.plane.asked.reduce((sum, { inputs }) => sum + (inputs[0]?.dims[0] ?? 0), 0);
    expect(blocked).toBe(true);
    expect(taken()).toBeLessThan(sent);
    let read = 0;
    response.on('data', (chunk: Buffer) => {
      for (const byte of chunk) if (byte === 10) read += 1;
    });
    response.resume();
    sender.end();
    await once(response, 'end');
    expect(read).toBe(sent);
  });

  it('refuses an unknown model and a compressed stream before it begins', async () => {
    expect(await served.ask('/v2/models/nobody/predict', '[1]', headers)).toMatchObject({ status: 404 });
    expect(await served.ask('/predict', '[1]', { ...headers, 'content-encoding': 'gzip' })).toMatchObject({
      status: 415,
    });
  });

  it('lets go of a sender that goes away, and logs no defect', async () => {
    const sender = open();
    sender.write('[1,2,3]\n');
    await once(sender, 'response');
    sender.destroy();
    expect(await served.ask('/predict', [[1, 2, 3]])).toMatchObject({ status: 200 });
    await served.listening.close();
    expect(served.log).toEqual([]);
    served = await servePlane();
  });
});

/** Whether a full sender is still full after a while in which a server that reads would have read. */
function staysBlocked(sender: ReturnType<typeof open>): Promise<boolean> {
  const enoughMs = 1500;
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, enoughMs, true);
    sender.once('drain', () => {
      clearTimeout(timer);
      resolve(false);
    });
  });
}
