import type { Route } from '../http/route-table.js';
import { routes } from '../http/routes.js';
import { applicationOpenapi } from './application-openapi.js';
import type { OpenApplication } from './open-application.js';
import { predictWith } from './predict-with.js';

/** The addresses of the data plane, where `/predict` is the application's. Those of the model stay the model's. */
export function applicationRoutes(application: OpenApplication): readonly Route[] {
  return [
    { method: 'POST', path: '/predict', handle: application.during(predictWith(application)) },
    { method: 'GET', path: '/openapi.json', handle: applicationOpenapi(application.description.api) },
    ...routes,
  ];
}
