import { z } from 'zod';
import type { HookRequest, ReadHook } from './hook-request.js';
import {
  addressesOf,
  addressField,
  commitField,
  fitted,
  headerWord,
  jsonOf,
  kindField,
  pushOf,
  refField,
} from './read-fields.js';

const repositorySchema = z.object({
  clone_url: addressField,
  ssh_url: addressField,
  html_url: addressField,
});
const pushSchema = z.object({
  ref: refField,
  before: commitField,
  after: commitField,
  repository: repositorySchema,
});
/** Hooks of an organisation tell of things that belong to no repository. */
const otherSchema = z.object({ repository: repositorySchema.nullish() });

/** Names of the headers that say what it is, and which one it is. */
interface HeaderNames {
  readonly event: string;
  readonly delivery: string;
}

/** A webhook of GitHub: docs.github.com, "Webhook events and payloads". Error: `REQUEST_INVALID`. */
export function readGithub(request: HookRequest): ReadHook {
  return readGithubLike(request, { event: 'x-github-event', delivery: 'x-github-delivery' });
}

/** Gitea sends the same fields of a push under header names of its own. Error: `REQUEST_INVALID`. */
export function readGithubLike(request: HookRequest, names: HeaderNames): ReadHook {
  const id = headerWord(request, names.delivery);
  const event = fitted(kindField, request.header(names.event), `header.${names.event}`);
  const body = jsonOf(request.body);
  if (event !== 'push') {
    const { repository } = fitted(otherSchema, body);
    return {
      id,
      contents: [{ kind: 'other', what: event }],
      repository: repository ? urls(repository) : null,
    };
  }
  const { ref, before, after, repository } = fitted(pushSchema, body);
  return { id, contents: [pushOf(ref, before, after)], repository: urls(repository) };
}

const urls = (repository: z.infer<typeof repositorySchema>) =>
  addressesOf(repository.clone_url, repository.ssh_url, repository.html_url);
