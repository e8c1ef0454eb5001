import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { listen } from './front.js';
import { mergeMetrics } from './merge-metrics.js';

const answerMs = 5000;
const type = 'text/plain; version=0.0.4; charset=utf-8';

export interface MetricsPage {
  readonly url: string;
  close(): void;
}

/**
 * Serves a page as `/metrics`, and `/healthz`.
 * Error: `PART_UNAVAILABLE` where the port is taken.
 */
export async function openMetricsPage(
  host: string,
  port: number,
  page: () => Promise<string>,
): Promise<MetricsPage> {
  const server = createServer((request, response) => {
    const content = request.url === '/metrics' ? page() : Promise.resolve(null);
    content.then(
      (text) => {
        if (text !== null) response.writeHead(200, { 'content-type': type }).end(text);
        else if (request.url === '/healthz') response.writeHead(200).end('{"status":"ok"}');
        else response.writeHead(404).end();
      },
      () => response.writeHead(503).end(),
    );
  });
  await listen(server, host, port);
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** The page of all of them. One that ends in the meantime is left out. */
export async function readMetrics(
  hosts: readonly { readonly id: string; readonly url: string }[],
): Promise<string> {
  const pages = hosts.map(async ({ id, url }) => {
    const response = await fetch(url, { signal: AbortSignal.timeout(answerMs) });
    return { id, text: await response.text() };
  });
  const read = await Promise.allSettled(pages);
  return mergeMetrics(read.flatMap((page) => (page.status === 'fulfilled' ? [page.value] : [])));
}
