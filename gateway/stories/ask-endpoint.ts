import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { EndpointName } from '../../domain/ports/deployment-target.js';
import type { EndpointRecord } from '../../domain/ports/endpoints.js';
import type { GatewayDeps } from '../deps.js';

const deadlineMs = 30_000;
const mostAnswerBytes = 16 * 1024 * 1024;

type Deps = Pick<GatewayDeps, 'endpoints'>;

/**
 * Asks the endpoint at its own address, and gives its answer as it came. For people who try it out: programs ask the
 * endpoint itself. Errors: `ENDPOINT_NOT_FOUND`, `CONFLICT` where nothing is live, `REQUEST_INVALID` with the words of the
 * endpoint, `PART_UNAVAILABLE`.
 */
export async function askEndpoint(deps: Deps, name: EndpointName, rows: string): Promise<string> {
  return await pass(deps, name, { path: () => '/predict', body: rows, headers: {} });
}

/**
 * Tells the endpoint what turned out to be true, as it was sent, with the token of its source; where that says not who
 * knows, it is whoever sent it.
 * Errors: as above.
 */
export async function tellEndpoint(
  deps: Deps,
  name: EndpointName,
  {
    body,
    source,
    token,
  }: { readonly body: string; readonly source: string; readonly token: string | undefined },
): Promise<string> {
  const headers = {
    'x-ratchet-feedback-source': source,
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
  };
  const path = ({ model }: EndpointRecord) => `/v2/models/${model}/feedback`;
  return await pass(deps, name, { path, body, headers });
}

interface Passed {
  readonly path: (record: EndpointRecord) => string;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

async function pass(
  { endpoints }: Deps,
  name: EndpointName,
  { path, body, headers }: Passed,
): Promise<string> {
  const record = await endpoints.get(name);
  const { project, endpoint } = record;
  const live = (await endpoints.revisions(name)).find(({ until }) => until === null);
  const called = `endpoint ${project}/${endpoint}`;
  if (live === undefined)
    throw new RatchetError('CONFLICT', `nothing is live at ${called}`, { project, endpoint });
  const { status, text } = await post(`${live.at.http}${path(record)}`, { body, headers, called });
  if (status === 200) return text;
  const said = `${called} answers ${status}: ${wordsOf(text)}`;
  throw new RatchetError(status < 500 ? 'REQUEST_INVALID' : 'PART_UNAVAILABLE', said, { status });
}

async function post(
  url: string,
  { body, headers, called }: Omit<Passed, 'path'> & { readonly called: string },
) {
  try {
    const answer = await fetch(url, {
      ...{
        method: 'POST',
        body,
        redirect: 'error',
        headers: { 'content-type': 'application/json', ...headers },
      },
      signal: AbortSignal.timeout(deadlineMs),
    });
    const announced = Number(answer.headers.get('content-length') ?? 0);
    if (announced > mostAnswerBytes) {
      await answer.body?.cancel();
      throw new RatchetError(
        'REQUEST_INVALID',
        `the answer of ${called} is longer than is shown: ask it itself`,
      );
    }
    return { status: answer.status, text: await answer.text() };
  } catch (cause) {
    if (cause instanceof RatchetError) throw cause;
    throw new RatchetError('PART_UNAVAILABLE', `${called} does not answer`, {}, { cause });
  }
}

/** What protocols call an error, or the beginning of what else came. */
function wordsOf(text: string): string {
  try {
    const said: unknown = JSON.parse(text);
    const words = typeof said === 'object' && said !== null ? Reflect.get(said, 'error') : undefined;
    if (typeof words === 'string') return words.slice(0, 1000);
  } catch {
    // It is no JSON: its beginning is what there is.
  }
  return text.slice(0, 200);
}
