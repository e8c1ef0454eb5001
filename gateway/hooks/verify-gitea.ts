import type { HookRequest } from './hook-request.js';
import type { HookSecret } from './hook-secret.js';
import { hexHmac, sameText } from './same-text.js';
import { verifyGithub } from './verify-github.js';

/** `X-Gitea-Signature: <hex>`, as docs.gitea.com has it under "Webhooks"; else the header that it shares with GitHub. */
export function verifyGitea(request: HookRequest, secret: HookSecret): boolean {
  const given = request.header('x-gitea-signature');
  return given === undefined
    ? verifyGithub(request, secret)
    : sameText(given, hexHmac(secret.text, request.body));
}
