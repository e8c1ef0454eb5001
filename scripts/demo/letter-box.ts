import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { z } from 'zod';
import { verifyStandard } from '../../gateway/hooks/verify-standard.js';

const letterSchema = z.object({
  type: z.string(),
  data: z.object({
    project: z.string(),
    title: z.string(),
    lines: z.array(z.string()),
    to: z.array(z.string()),
    runId: z.string().nullable(),
  }),
});
export type ArrivedLetter = z.infer<typeof letterSchema>;

/** A program of the company that is told of runs: it takes letters that are signed as Standard Webhooks say. */
export interface LetterBox {
  /** Where it listens, on this machine alone. */
  readonly url: string;
  /** What its letters are signed with: `whsec_<base64>`. */
  readonly secret: string;
  /** In the order in which they came. One that comes again, as letters may, is there once. */
  arrived(): readonly ArrivedLetter[];
  close(): void;
}

export async function openLetterBox(): Promise<LetterBox> {
  const bytes = randomBytes(32);
  const letters = new Map<string, ArrivedLetter>();
  const take = async (request: IncomingMessage) => {
    const header = (name: string) => [request.headers[name]].flat()[0];
    const body = await buffer(request);
    if (!verifyStandard({ header, body, receivedAtMs: Date.now() }, { bytes, text: '' })) return 401;
    const parsed = letterSchema.safeParse(JSON.parse(body.toString('utf8')));
    if (!parsed.success) return 400;
    const id = header('webhook-id') ?? '';
    if (!letters.has(id)) letters.set(id, parsed.data);
    return 204;
  };
  const server = createServer((request, response) => {
    take(request).then(
      (status) => response.writeHead(status).end(),
      () => response.writeHead(400).end(),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    secret: `whsec_${bytes.toString('base64')}`,
    arrived: () => [...letters.values()],
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
