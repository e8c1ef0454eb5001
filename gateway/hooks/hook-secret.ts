import { createHmac } from 'node:crypto';
import { RatchetError } from '../../domain/errors/ratchet-error.js';

/** What signs the webhooks of one project. */
export interface HookSecret {
  /** What people give to a Git host: base64url, 43 characters. */
  readonly text: string;
  /** What the text stands for, 32 bytes: the key of Standard Webhooks. */
  readonly bytes: Buffer;
}

/** What the secrets of all projects are made from. */
export interface HookMasters {
  readonly secret: string | undefined;
  readonly secretBefore: string | undefined;
}

/** Where senders send to, and what they sign with. */
export interface ProjectHook {
  readonly path: string;
  readonly secret: string;
  /** The same secret in the form of Standard Webhooks. */
  readonly signingSecret: string;
}

/** A project that somebody knows the secret of says nothing of another's. */
export function deriveHookSecret(master: string, project: string): HookSecret {
  const bytes = createHmac('sha256', master).update(`hook\n${project}`).digest();
  return { bytes, text: bytes.toString('base64url') };
}

/** The secrets that count for a project, the present one first. Error: `PART_UNAVAILABLE` where there is none. */
export function hookSecrets(
  { secret, secretBefore }: HookMasters,
  project: string,
): readonly [HookSecret, ...HookSecret[]] {
  if (secret === undefined) {
    const variable = 'RATCHET_HOOK_SECRET';
    throw new RatchetError('PART_UNAVAILABLE', `this gateway takes no webhooks: ${variable} is not set`, {
      part: 'webhooks',
      variable,
    });
  }
  const before = secretBefore === undefined ? [] : [deriveHookSecret(secretBefore, project)];
  return [deriveHookSecret(secret, project), ...before];
}

/** What a project's senders are set up with. Error: `PART_UNAVAILABLE`. */
export function hookOf(masters: HookMasters, project: string): ProjectHook {
  const [{ text, bytes }] = hookSecrets(masters, project);
  return {
    path: `/hooks/${project}`,
    secret: text,
    signingSecret: `whsec_${bytes.toString('base64')}`,
  };
}
