import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { EndpointName } from '../../domain/ports/deployment-target.js';
import type { GatewayDeps } from '../deps.js';

const deadlineMs = 30_000;
const mostAnswerBytes = 16 * 1024 * 1024;

/**
 * Asks the endpoint at its own address, and gives its answer as it came. For people who try it out: programs ask the
 * endpoint itself. Errors: `ENDPOINT_NOT_FOUND`, `CONFLICT` where nothing is live, `REQUEST_INVALID` with the words of the
 * endpoint, `PART_UNAVAILABLE`.
 */
export async function askEndpoint(
  { endpoints }: Pick<GatewayDeps, 'endpoints'>,
  name: EndpointName,
  rows: string,
): Promise<string> {
  const { project, endpoint } = await endpoints.get(name);
  const live = (await endpoints.revisions(name)).find(({ until }) => until === null);
  const called = `endpoint ${project}/${endpoint}`;
  if (live === undefined)
    throw new RatchetError('CONFLICT', `nothing is live at ${called}`, { project, endpoint });
  const { status, text } = await post(`${live.at.http}/predict`, rows, called);
  if (status === 200) return text;
  const said = `${called} answers ${status}: ${wordsOf(text)}`;
  throw new RatchetError(status < 500 ? 'REQUEST_INVALID' : 'PART_UNAVAILABLE', said, { status });
}

async function post(url: string, body: string, called: string) {
  try {
    const answer = await fetch(url, {
      ...{ method: 'POST', body, redirect: 'error', headers: { 'content-type': 'application/json' } },
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
