import type { Sql, TransactionSql } from 'postgres';
import type { Session } from './client.js';
import { isLostConnection } from './connection-failures.js';
import { openSession } from './open-session.js';

/**
 * All of the work or none of it, on a connection that may die at any moment. Who acts is told to the server with the
 * first statement, and forgotten with the transaction.
 *
 * The driver brings the process down when a statement is sent on the connection of a transaction after that has
 * closed, and its own "rollback" is such a statement. So no statement is sent once the connection is lost, and the
 * driver never hears of the end of that work: the closing of the connection is what ends the transaction for it.
 */
export async function inTransaction<T>(
  client: Sql,
  actor: string | undefined,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  let lost: unknown;
  const begun = client.begin(async (tx) => {
    try {
      const told = actor === undefined ? undefined : tellActor(tx, actor);
      const [value] = await Promise.all([
        work(openSession(tx as unknown as Sql, () => refuseIf(lost))),
        told,
      ]);
      return lost === undefined ? { value } : await never();
    } catch (error) {
      if (lost !== undefined || isLostConnection(error)) return never();
      throw error;
    }
  });
  begun.catch((error: unknown) => {
    lost = error;
  });
  const { value } = (await begun) as { readonly value: T };
  return value;
}

/** Sent, and not waited for: its answer comes with that of the first statement. */
function tellActor(tx: TransactionSql, actor: string): Promise<unknown> {
  return tx`select set_config('ratchet.actor', ${actor}, true)`.execute();
}

function refuseIf(lost: unknown): void {
  if (lost !== undefined) throw lost;
}

function never(): Promise<never> {
  return new Promise(() => undefined);
}
