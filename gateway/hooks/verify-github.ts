import type { HookRequest } from './hook-request.js';
import type { HookSecret } from './hook-secret.js';
import { hexHmac, sameText } from './same-text.js';

/**
 * `X-Hub-Signature-256: sha256=<hex>`, as docs.github.com has it under "Validating webhook deliveries". The older
 * `X-Hub-Signature` is SHA-1 and counts for nothing.
 */
export function verifyGithub({ header, body }: HookRequest, { text }: HookSecret): boolean {
  return sameText(header('x-hub-signature-256') ?? '', `sha256=${hexHmac(text, body)}`);
}
