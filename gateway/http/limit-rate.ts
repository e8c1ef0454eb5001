import type { Context, MiddlewareHandler } from 'hono';
import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { BudgetName } from '../access/limits.js';
import { networkOf } from '../access/network-of.js';
import type { GatewayEnv } from './env.js';

/** Requests of one address and one caller, whatever they ask for. */
export const limitAddress: MiddlewareHandler<GatewayEnv> = async (context, next) => {
  take(context, 'address', networkOf(context.get('address')));
  await next();
};

export const limitCaller: MiddlewareHandler<GatewayEnv> = async (context, next) => {
  const caller = context.get('caller');
  if (caller !== null) take(context, 'caller', caller.account);
  await next();
};

/** Budgets of who has no account yet. */
const byAddress: readonly BudgetName[] = ['sign-in', 'hook'];

/** A budget of its own, for what is guessed at or costs much. */
export function limitRoute(budget: Exclude<BudgetName, 'address' | 'caller'>): MiddlewareHandler<GatewayEnv> {
  return async (context, next) => {
    const key = byAddress.includes(budget) ? undefined : context.get('caller')?.account;
    take(context, budget, key ?? networkOf(context.get('address')));
    await next();
  };
}

function take(context: Context<GatewayEnv>, budget: BudgetName, key: string): void {
  const afterSeconds = context.get('limits').take(budget, key);
  if (afterSeconds === 0) return;
  const what = budget === 'sign-in' ? 'tries to sign in' : 'requests';
  throw new RatchetError('TOO_MANY_REQUESTS', `too many ${what}; again in ${afterSeconds} s`, {
    retryAfterSeconds: afterSeconds,
  });
}
