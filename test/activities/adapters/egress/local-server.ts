import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';
import { createEgress, type EgressParts } from '../../../../activities/adapters/egress/create-egress.js';
import { createEgressRules } from '../../../../activities/adapters/egress/egress-rules.js';
import type { Egress } from '../../../../domain/ports/egress.js';

const fixtures = join(import.meta.dirname, '../../../fixtures/tls');
/** For `hooks.example` and `mail.example`, and trusted by nobody that is not told to. */
export const certificate = readFileSync(join(fixtures, 'certificate.pem'), 'utf8');
export const certificateKey = readFileSync(join(fixtures, 'key.pem'), 'utf8');

export interface SeenRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export interface LocalServer {
  readonly port: number;
  readonly url: string;
  readonly seen: SeenRequest[];
  /** How many connections were opened. */
  readonly connections: () => number;
}

type Answer = (request: SeenRequest, response: ServerResponse) => void;

/** A server on loopback that keeps what it is asked, until the end of the test. */
export async function localServer(
  answer: Answer = (_, response) => response.end('ok'),
  { tls = false } = {},
): Promise<LocalServer> {
  const seen: SeenRequest[] = [];
  let connections = 0;
  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    const { method = '', url = '', headers } = request;
    const one = { method, url, headers, body: await text(request) };
    seen.push(one);
    answer(one, response);
  };
  const listener = (request: IncomingMessage, response: ServerResponse) => void handle(request, response);
  const server = tls
    ? createTlsServer({ cert: certificate, key: certificateKey }, listener)
    : createServer(listener);
  server.on('connection', () => {
    connections += 1;
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const { port } = server.address() as AddressInfo;
  const url = tls ? `https://hooks.example:${port}` : `http://127.0.0.1:${port}`;
  return { port, url, seen, connections: () => connections };
}

/** An egress that may reach loopback, or what `allow` says. */
export function egressTo(
  allow: readonly string[] = ['127.0.0.1'],
  parts: Partial<Omit<EgressParts, 'rules'>> = {},
): Egress {
  return createEgress({ rules: createEgressRules({ allow, ports: [443] }), ...parts });
}

/** Names as a resolver that lies has them. */
export function names(table: Readonly<Record<string, readonly string[]>>) {
  return async (hostname: string) =>
    (table[hostname] ?? []).map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
}
