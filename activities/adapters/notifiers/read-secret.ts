import type { Secrets } from '../../../domain/ports/secrets.js';

/** The name of a secret in its reference, `secret://<name>`. */
export function secretName(reference: string): string {
  return reference.slice('secret://'.length);
}

/** The value behind `secret://<name>`. Errors: those of the secrets. */
export async function readSecret(secrets: Secrets, reference: string): Promise<string> {
  return await secrets.read(secretName(reference));
}
