import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/**
 * Sends one request over and over on many connections for a time, the next on each as soon as one is answered; gives how
 * many were answered with 200. Reads no more of an answer than where it ends, so that the server is what is measured.
 */
export async function answersIn(ms: number, url: string, body: string, connections: number): Promise<number> {
  const { hostname, port, pathname } = new URL(url);
  const request = Buffer.from(
    `POST ${pathname} HTTP/1.1\r\nhost: ${hostname}\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
  let answers = 0;
  let isOver = false;
  async function keepAsking(): Promise<void> {
    const socket = connect(Number(port), hostname);
    await once(socket, 'connect');
    socket.setNoDelay(true);
    while (!isOver) {
      socket.write(request);
      await wholeAnswer(socket);
      answers += 1;
    }
    socket.destroy();
  }
  const asking = Promise.all(Array.from({ length: connections }, keepAsking));
  const timer = setTimeout(() => {
    isOver = true;
  }, ms);
  await asking.finally(() => clearTimeout(timer));
  return answers;
}

async function wholeAnswer(socket: Socket): Promise<void> {
  let text = '';
  for (;;) {
    const [chunk] = (await once(socket, 'data')) as [Buffer];
    text += chunk.toString('latin1');
    const end = text.indexOf('\r\n\r\n');
    if (end === -1) continue;
    if (!text.startsWith('HTTP/1.1 200')) throw new Error(`a request was answered ${text.slice(0, 200)}`);
    const length = Number(/content-length: (\d+)/i.exec(text)?.[1] ?? Number.NaN);
    if (text.length >= end + 4 + length) return;
  }
}
