import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { writeAtomically } from '../machine/write-atomically.js';
import { generateKeyPair, keyPairOf } from '../trust/keys.js';
import type { StackPaths } from './stack-paths.js';

const names = [
  'postgresAdmin',
  'postgresOwner',
  'postgresApp',
  'postgresServing',
  's3AccessKey',
  's3SecretKey',
  's3AdminPassword',
  's3FilerWriteKey',
  's3FilerReadKey',
  's3VolumeWriteKey',
  's3VolumeReadKey',
  'signerGatewayToken',
  'signerWorkersToken',
  'hookSecret',
] as const;

/** Passwords and keys of the embedded parts, random per state folder. */
export type StackSecrets = Readonly<Record<(typeof names)[number], string>>;

const fileShape = z.partialRecord(z.enum(names), z.string().min(1));

/** Reads the secrets of a state folder and makes those that are not there; the file has mode 0600. */
export function ensureSecrets(path: string): StackSecrets {
  const known = existsSync(path) ? fileShape.parse(JSON.parse(readFileSync(path, 'utf8'))) : {};
  const all = Object.fromEntries(names.map((name) => [name, known[name] ?? randomText()])) as StackSecrets;
  writeAtomically(path, `${JSON.stringify(all, null, 2)}\n`, 0o600);
  return all;
}

/** The signing key of a state folder, made at the first start, mode 0600; beside it its public half. */
export function ensureSigningKey({ signerKey, signerPublicKey }: StackPaths): void {
  const pair = existsSync(signerKey) ? keyPairOf(readFileSync(signerKey, 'utf8')) : generateKeyPair();
  if (!existsSync(signerKey)) writeAtomically(signerKey, pair.privateKey, 0o600);
  writeAtomically(signerPublicKey, pair.publicKey, 0o644);
}

/** The admin token of a state folder, made at the first start; the file has mode 0600. */
export function ensureToken(path: string): string {
  if (existsSync(path)) return readFileSync(path, 'utf8').trim();
  const token = `ratchet_${randomText()}`;
  writeAtomically(path, `${token}\n`, 0o600);
  return token;
}

export function sha256Hex(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

const randomText = () => randomBytes(24).toString('hex');
