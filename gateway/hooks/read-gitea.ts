import type { HookRequest, ReadHook } from './hook-request.js';
import { readGithubLike } from './read-github.js';

/** A webhook of Gitea: docs.gitea.com, "Webhooks". Error: `REQUEST_INVALID`. */
export function readGitea(request: HookRequest): ReadHook {
  return readGithubLike(request, { event: 'x-gitea-event', delivery: 'x-gitea-delivery' });
}
