import type { MemberRecord } from '../../domain/ports/accounts.js';

/** The member whose address stands in `Name <address>`; null where none does, or more than one. */
export function accountOf(
  author: string,
  members: readonly Pick<MemberRecord, 'account' | 'emails'>[],
): string | null {
  const email = /<([^<>]*)>\s*$/.exec(author)?.[1]?.trim().toLowerCase();
  if (email === undefined || email === '') return null;
  const found = members.filter(({ emails }) => emails.some((one) => one.toLowerCase() === email));
  return found.length === 1 ? (found[0]?.account ?? null) : null;
}
