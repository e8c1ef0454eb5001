import { AsyncLocalStorage } from 'node:async_hooks';

const scope = new AsyncLocalStorage<string>();

/**
 * Everything that the work changes in the database is recorded as done by the actor: an account, or `system/<what>`.
 * Without it the program that is connected is named. Scopes nest, the inner one counts.
 */
export function actingAs<T>(actor: string, work: () => T): T {
  return scope.run(actor, work);
}

export function currentActor(): string | undefined {
  return scope.getStore();
}
