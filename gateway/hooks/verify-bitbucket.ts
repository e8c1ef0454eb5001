import type { HookRequest } from './hook-request.js';
import type { HookSecret } from './hook-secret.js';
import { hexHmac, sameText } from './same-text.js';

/** `X-Hub-Signature: sha256=<hex>`, as support.atlassian.com has it under "Manage webhooks" of Bitbucket Cloud. */
export function verifyBitbucket({ header, body }: HookRequest, { text }: HookSecret): boolean {
  return sameText(header('x-hub-signature') ?? '', `sha256=${hexHmac(text, body)}`);
}
