import { z } from 'zod';
import { type Answer, answerJson, type Call } from './call.js';
import { HttpRefusal } from './http-refusal.js';
import { parseJsonBytes, requireShape } from './read-json.js';

const indexShape = z.object(
  { ready: z.boolean({ error: 'true or false' }).optional() },
  { error: 'an object that may have ready' },
);
const loadShape = z.object(
  {
    parameters: z
      .record(
        z.string(),
        z.union([z.string(), z.number(), z.boolean()], { error: 'a text, a number, true or false' }),
        {
          error: 'an object of parameters',
        },
      )
      .optional(),
  },
  { error: 'an object that may have parameters' },
);

/** `POST /v2/repository/index`. */
export async function repositoryIndex(call: Call): Promise<Answer> {
  const { ready = false } = await readOptional(call, indexShape);
  const versions = call.plane.versions().filter(({ state }) => !ready || state === 'READY');
  return answerJson(
    versions.map(({ model, version, state, reason }) => ({ name: model, version, state, reason })),
  );
}

/** `POST /v2/repository/models/{model}/load`. */
export async function loadModel(call: Call): Promise<Answer> {
  refuseForeignPage(call);
  const { parameters = {} } = await readOptional(call, loadShape);
  const sent = Object.keys(parameters).find((name) => name === 'config' || name.startsWith('file:'));
  if (sent !== undefined) {
    throw new HttpRefusal(
      501,
      'a model is loaded from the folder of the server, not from config or files of a request',
    );
  }
  await call.plane.load(call.names['model'] ?? '');
  return answerJson({});
}

/** `POST /v2/repository/models/{model}/unload`. */
export async function unloadModel(call: Call): Promise<Answer> {
  refuseForeignPage(call);
  await readOptional(call, loadShape);
  await call.plane.unload(call.names['model'] ?? '');
  return answerJson({});
}

/** A page from elsewhere that a browser shows may not change what a local server serves. */
function refuseForeignPage({ request }: Call): void {
  const site = request.headers['sec-fetch-site'];
  if (site === undefined || site === 'same-origin' || site === 'none') return;
  throw new HttpRefusal(403, 'a page of another site may not load or unload models');
}

async function readOptional<T>(call: Call, shape: z.ZodType<T>): Promise<T> {
  const body = await call.body();
  return requireShape(shape, body.length === 0 ? {} : parseJsonBytes(body));
}
