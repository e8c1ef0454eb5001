import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An S3 service with one object that knows one access key. Of others it says in its refusal all that they sent. */
export interface Lake {
  readonly endpoint: string;
  close(): void;
}

export async function openLake(
  object: { readonly key: string; readonly text: string },
  accessKey: string,
): Promise<Lake> {
  const server = createServer((request, response) => {
    const { status, text } = answerTo(request, object, accessKey);
    response.writeHead(status, { 'content-length': Buffer.byteLength(text) }).end(text);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

function answerTo(
  request: IncomingMessage,
  object: { readonly key: string; readonly text: string },
  accessKey: string,
) {
  const signed = request.headers.authorization ?? '';
  const given = /Credential=([^/]+)/.exec(signed)?.[1] ?? '';
  if (given !== accessKey) {
    const quoted = `<Message>${given} is unknown: ${signed}</Message><AWSAccessKeyId>${given}</AWSAccessKeyId>`;
    return { status: 403, text: `<Error><Code>InvalidAccessKeyId</Code>${quoted}</Error>` };
  }
  if (request.url?.startsWith(`/lake/${object.key}`)) return { status: 200, text: object.text };
  const size = Buffer.byteLength(object.text);
  const found = `<Contents><Key>${object.key}</Key><ETag>"1"</ETag><Size>${size}</Size></Contents>`;
  return { status: 200, text: `<ListBucketResult><KeyCount>1</KeyCount>${found}</ListBucketResult>` };
}
