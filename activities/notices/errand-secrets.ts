import type { ErrandSecrets } from '../../domain/ports/letter-carriers.js';
import type { Secrets } from '../../domain/ports/secrets.js';
import { createRedactor } from '../training/redactor.js';

/** Secrets that know what was read of them, so that it can be taken out of what others say. */
export function errandSecrets(secrets: Secrets): ErrandSecrets {
  const read: string[] = [];
  return {
    async read(name) {
      const value = await secrets.read(name);
      read.push(value);
      return value;
    },
    hide: (text) => createRedactor(read.flatMap(partsOf)).text(text),
  };
}

/** A secret, and what of an address is one by itself: a receiver may quote the path that it was called by. */
function partsOf(value: string): readonly string[] {
  const bare = value.replace(/^whsec_/, '');
  if (!URL.canParse(value)) return [value, bare];
  const { username, password, pathname, search, searchParams } = new URL(value);
  const inside = [username, password, pathname, search, ...pathname.split('/'), ...searchParams.values()];
  return [value, ...inside.flatMap((part) => [part, decoded(part)])];
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
