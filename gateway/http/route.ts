import { createRoute, type RouteConfig } from '@hono/zod-openapi';
import { type Action, actions } from '../../domain/access/roles.js';
import { authorize, demandCaller } from '../access/authorize.js';
import type { BudgetName } from '../access/limits.js';
import type { Place } from '../access/places.js';
import { errorSchema } from '../shapes/error.js';
import { limitBody } from './limit-body.js';
import { limitRoute } from './limit-rate.js';
import { type ReadKind, recordRead } from './record-read.js';

/** Keys under which a route's OpenAPI entry names what it does and where its project comes from. */
export const actionKey = 'x-action';
export const placeKey = 'x-project-from';

interface Extras {
  /** Told to the audit log when a person reads it. */
  readonly reads?: ReadKind;
  /** A budget of its own. */
  readonly budget?: Exclude<BudgetName, 'address' | 'caller'>;
  /** The handler bounds the body by itself. */
  readonly boundsBody?: boolean;
}

/** A route that says what it does, and to which project. Both are checked before its handler sees anything. */
export function route<
  P extends string,
  R extends Omit<RouteConfig, 'path' | 'security' | 'middleware'> & { path: P },
>(action: Action, place: Place, config: R, extras: Extras = {}) {
  if (!actions.includes(action)) {
    throw new Error(
      `route ${config.path} declares the action "${String(action)}"; known are ${actions.join(', ')}`,
    );
  }
  const { reads, budget, boundsBody = false } = extras;
  const limits = [...(budget === undefined ? [] : [limitRoute(budget)]), ...(boundsBody ? [] : [limitBody])];
  const guards = action === 'public' ? limits : [demandCaller, ...limits, authorize(action, place)];
  return createRoute({
    ...config,
    [actionKey]: action,
    [placeKey]: place.from,
    security: action === 'public' ? [] : [{ token: [] }],
    middleware: [...guards, ...(reads === undefined ? [] : [recordRead(reads)])],
    responses: {
      ...config.responses,
      default: { description: 'An error.', content: { 'application/json': { schema: errorSchema } } },
    },
  });
}
