import { randomBytes } from 'node:crypto';
import type { SignInMethod } from '../../domain/ports/accounts.js';
import { sha256Hex } from './token-text.js';

/** What proved who somebody is, by how their code begins. The digest is of the whole text, so nobody turns one into the other. */
const prefixes = { 'set-up-code': 'setup', oidc: 'login' } as const;
type CodeMethod = keyof typeof prefixes;

const shape = /^(setup|login)(-[0-9a-f]{8}){4}$/;

export interface NewCode {
  readonly text: string;
  readonly sha256: string;
}

/** A code of 128 random bits, in groups that a person can read. */
export function newCode(method: CodeMethod): NewCode {
  const groups = Array.from({ length: 4 }, () => randomBytes(4).toString('hex'));
  const text = [prefixes[method], ...groups].join('-');
  return { text, sha256: sha256Hex(text) };
}

/** Digest and method of what somebody pasted; undefined where it is no code at all. */
export function readCode(
  pasted: string,
): { readonly sha256: string; readonly method: SignInMethod } | undefined {
  const text = pasted.trim().toLowerCase();
  if (!shape.test(text)) return undefined;
  return { sha256: sha256Hex(text), method: text.startsWith(prefixes.oidc) ? 'oidc' : 'set-up-code' };
}
