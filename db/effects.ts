import { eq } from 'drizzle-orm';
import type { Effects } from '../domain/ports/effects.js';
import type { Database } from './client.js';
import { onlyRow } from './only-row.js';
import { effects } from './schema/platform.js';

export function createEffects(database: Database): Effects {
  const stored = (key: string) =>
    database.query((session) =>
      session.select({ result: effects.result }).from(effects).where(eq(effects.key, key)),
    );
  return {
    async once<T>(key: string, effect: () => Promise<T>): Promise<T> {
      const [known] = await stored(key);
      if (known) return known.result.value as T;
      const value = await effect();
      await database.write((session) =>
        session.insert(effects).values({ key, result: { value } }).onConflictDoNothing(),
      );
      return onlyRow(await stored(key)).result.value as T;
    },
  };
}
