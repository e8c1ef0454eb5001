import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { pickPorts } from '../../../machine/free-ports.js';
import { type Front, openFront } from '../../../serving/supervisor/front.js';

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

/** A front whose connections are taken while `host.isReady`. */
async function open() {
  const { port = 0 } = await pickPorts([{ name: 'port', twin: false }], 7);
  const host = { isReady: false, taken: [] as Socket[] };
  const take = (_: string, connection: Socket) => {
    if (host.isReady) host.taken.push(connection);
    return host.isReady;
  };
  const front: Front = await openFront({ protocol: 'http', host: '127.0.0.1', port, take });
  closers.push(front.close);
  const ask = async () => {
    const client = connect(port, '127.0.0.1');
    closers.push(() => client.destroy());
    await once(client, 'connect');
    return client;
  };
  return { port, host, front, ask };
}

it('keeps a connection that nobody can take, and hands it out unread when somebody can', async () => {
  const { host, front, ask } = await open();
  const clients = [await ask(), await ask()];
  for (const client of clients) client.write('hello');
  front.flush();
  expect(host.taken).toEqual([]);
  host.isReady = true;
  await expect
    .poll(() => {
      front.flush();
      return host.taken.length;
    })
    .toBe(2);
  const [first] = host.taken;
  first?.resume().setEncoding('utf8');
  expect(first === undefined ? '' : await once(first, 'data')).toEqual(['hello']);
});

it('cuts what waits when it closes', async () => {
  const { front, ask } = await open();
  const client = await ask();
  client.on('error', () => undefined);
  const closed = once(client, 'close');
  await new Promise((resolve) => setImmediate(resolve));
  front.close();
  client.write('anybody?');
  await closed;
});

it('says that a port is taken', async () => {
  const { port } = await open();
  const again = openFront({ protocol: 'grpc', host: '127.0.0.1', port, take: () => false });
  await expect(again).rejects.toMatchObject({
    code: 'PART_UNAVAILABLE',
    message: `nothing can listen on 127.0.0.1:${port}: EADDRINUSE`,
  });
});
