import type { HookRequest } from './hook-request.js';
import type { HookSecret } from './hook-secret.js';
import { sameText } from './same-text.js';
import { verifyStandard } from './verify-standard.js';

/**
 * With a signing token GitLab signs by Standard Webhooks, and that alone counts then. With a secret token it sends the
 * secret itself as `X-Gitlab-Token`, which says who sent the body and not that it is whole. docs.gitlab.com, "Webhooks".
 */
export function verifyGitlab(request: HookRequest, secret: HookSecret): boolean {
  return request.header('webhook-signature') === undefined
    ? sameText(request.header('x-gitlab-token') ?? '', secret.text)
    : verifyStandard(request, secret);
}
