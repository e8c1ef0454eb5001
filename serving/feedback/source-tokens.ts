import { createHash, timingSafeEqual } from 'node:crypto';
import { RatchetError } from '../../domain/errors/ratchet-error.js';

/** SHA-256 of the token that a source must show, 64 hex digits, by the name of the source. */
export type SourceTokens = Readonly<Record<string, string>>;

/** The token of `Bearer <token>`; undefined where the text is none. */
export const bearerToken = (text: string | undefined): string | undefined =>
  /^Bearer +(\S+)$/i.exec(text ?? '')?.[1];

/** Error: `UNAUTHENTICATED` where one of the sources must show a token, and another came or none. */
export function requireTokens(
  tokens: SourceTokens,
  sources: ReadonlySet<string>,
  shown: string | undefined,
): void {
  const came = createHash('sha256')
    .update(shown ?? '', 'utf8')
    .digest();
  for (const source of sources) {
    const digest = Object.hasOwn(tokens, source) ? tokens[source] : undefined;
    if (digest === undefined || timingSafeEqual(came, Buffer.from(digest, 'hex'))) continue;
    throw new RatchetError(
      'UNAUTHENTICATED',
      `the source "${source}" is told with a token of its own: ${shown === undefined ? 'none came' : 'another came'}`,
      { source },
    );
  }
}
