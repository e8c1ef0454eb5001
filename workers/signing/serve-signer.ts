import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Logger } from 'pino';
import { messageOf } from '../../domain/errors/ratchet-error.js';
import { createLocalSigner } from '../../trust/local-signer.js';
import { type CallerDigests, callerOf, isAllowed } from '../../trust/signing-callers.js';
import { readSignRequest } from './read-request.js';

export interface SignerOptions {
  readonly host: string;
  /** 0 picks a free one. */
  readonly port: number;
  /** PEM. */
  readonly privateKey: string;
  readonly callers: CallerDigests;
  readonly log: Logger;
}

export interface ServedSigner {
  readonly url: string;
  close(): Promise<void>;
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
  /** For the log; never what was to be signed. */
  readonly caller?: string;
  readonly payloadType?: string;
}

/**
 * `POST /sign` with `{ payloadType, value }` and the caller's token gives an envelope; `GET /healthz` says that it is
 * there. Who may have which type signed is in `trust/signing-callers.ts`.
 */
export async function serveSigner(options: SignerOptions): Promise<ServedSigner> {
  const signer = createLocalSigner(options.privateKey);
  const server = createServer({ requestTimeout: 10_000, headersTimeout: 5_000 }, (request, response) => {
    const since = performance.now();
    answerTo(request, signer, options.callers)
      .catch((error: unknown): Answer => {
        options.log.error({ reason: messageOf(error) }, 'could not sign');
        return { status: 500, body: { error: 'it could not be signed' } };
      })
      .then((answer) => {
        const { status, caller, payloadType } = answer;
        send(response, answer);
        if (request.url === '/healthz' && status === 200) return;
        const ms = Math.round(performance.now() - since);
        options.log.info({ status, caller, payloadType, ms }, 'asked to sign');
      })
      .catch((error: unknown) => options.log.error({ reason: messageOf(error) }, 'could not answer'));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(options.port, options.host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${options.host}:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeIdleConnections();
      }),
  };
}

async function answerTo(
  request: IncomingMessage,
  signer: ReturnType<typeof createLocalSigner>,
  callers: CallerDigests,
): Promise<Answer> {
  if (request.method === 'GET' && request.url === '/healthz') return { status: 200, body: { status: 'ok' } };
  if (request.method !== 'POST' || request.url !== '/sign')
    return { status: 404, body: { error: 'there is POST /sign and GET /healthz' } };
  const [, token] = /^Bearer (\S{1,512})$/.exec(request.headers.authorization ?? '') ?? [];
  const caller = token === undefined ? undefined : callerOf(token, callers);
  if (caller === undefined)
    return { status: 401, body: { error: 'there is no valid token with the request' } };
  const asked = await readSignRequest(request);
  if (typeof asked === 'number')
    return {
      status: asked,
      caller,
      body: { error: 'the request is no { payloadType, value } of at most 2 MiB' },
    };
  if (!isAllowed(caller, asked.payloadType))
    return { status: 403, caller, body: { error: `${caller} may not have this type signed` } };
  const { payloadType } = asked;
  return { status: 200, caller, payloadType, body: await signer.sign(payloadType, asked.value) };
}

function send(response: ServerResponse, { status, body }: Answer): void {
  response.statusCode = status;
  response.setHeader('content-type', 'application/json');
  // A body that was not read to its end would be taken for the next request.
  if (status === 401 || status === 413) response.setHeader('connection', 'close');
  response.end(JSON.stringify(body));
}
