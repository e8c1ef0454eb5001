import type { Handler } from './call.js';
import { root } from './describe/example-page.js';
import { openapi } from './describe/openapi.js';
import { feedback, seldonFeedback } from './feedback/feedback.js';
import { live, modelReady, ready } from './health.js';
import { HttpRefusal } from './http-refusal.js';
import { infer } from './infer/infer.js';
import { listModels, modelMetadata, modelState, serverMetadata } from './metadata.js';
import { predict, predictDefault, predictInstances } from './predict/predict.js';
import { loadModel, repositoryIndex, unloadModel } from './repository.js';
import type { Route } from './route-table.js';
import { seldonPredictions } from './seldon/predictions.js';
import { statistics } from './statistics.js';

const get = (path: string, handle: Handler): Route => ({ method: 'GET', path, handle });
const ask = (path: string, handle: Handler): Route => ({ method: 'POST', path, handle, isAsked: true });
const post = (path: string, handle: Handler): Route => ({ method: 'POST', path, handle });

const model = '/v2/models/{model}';
const version = '/v2/models/{model}/versions/{version}';

/** In the order in which they are tried: what is asked most comes first, a fixed path before one with a name. */
export const routes: readonly Route[] = [
  ask(`${model}/infer`, infer),
  ask('/predict', predictDefault),
  ask(`${model}/predict`, predict),
  ask('/v1/models/{model}:predict', predictInstances),
  ask(`${version}/infer`, infer),
  post(`${model}/feedback`, feedback),
  post('/v1/models/{model}:feedback', feedback),
  ask('/api/v1.0/predictions', seldonPredictions),
  ask('/api/v0.1/predictions', seldonPredictions),
  post('/api/v1.0/feedback', seldonFeedback),
  post('/api/v0.1/feedback', seldonFeedback),
  ask(`${version}/predict`, predict),

  get('/v2/health/live', live),
  get('/v2/health/ready', ready),
  get('/v2', serverMetadata),
  get('/v2/models/stats', statistics),
  get(`${model}/stats`, statistics),
  get(`${version}/stats`, statistics),
  get(`${model}/ready`, modelReady),
  get(`${version}/ready`, modelReady),
  get(`${model}/openapi.json`, openapi),
  get(`${version}/openapi.json`, openapi),
  get(model, modelMetadata),
  get(version, modelMetadata),

  post('/v2/repository/index', repositoryIndex),
  post('/v2/repository/models/{model}/load', loadModel),
  post('/v2/repository/models/{model}/unload', unloadModel),

  get('/v1/models', listModels),
  post('/v1/models/{model}:explain', noExplanations),
  get('/v1/models/{model}', modelState),

  get('/', root),
];

function noExplanations(): never {
  throw new HttpRefusal(501, 'this server has no explanations');
}
