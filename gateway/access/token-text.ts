import { createHash, randomBytes } from 'node:crypto';

/** A new token: its text goes to its holder, its digest into the database, its id into both. */
export interface NewToken {
  readonly id: string;
  readonly text: string;
  readonly sha256: string;
}

const shape = /^(rtk_([0-9a-f]{16})_[0-9a-f]{64})_([0-9a-f]{8})$/;

/**
 * `rtk_<id>_<secret>_<checksum>`: the prefix is there for programs that look for leaked secrets, the checksum so that
 * they, and we, tell a token from a text that looks like one without asking anybody. The secret has 256 random bits.
 */
export function newToken(): NewToken {
  const id = randomBytes(8).toString('hex');
  const body = `rtk_${id}_${randomBytes(32).toString('hex')}`;
  const text = `${body}_${checksum(body)}`;
  return { id, text, sha256: sha256Hex(text) };
}

/** Whether a text is a token by its form. Says nothing about whether anybody holds it. */
export function isTokenText(text: string): boolean {
  const [, body, , sum] = shape.exec(text) ?? [];
  return body !== undefined && checksum(body) === sum;
}

const checksum = (body: string) => sha256Hex(body).slice(0, 8);

export function sha256Hex(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
