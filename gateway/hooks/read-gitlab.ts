import { createHash } from 'node:crypto';
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

const projectSchema = z.object({
  git_http_url: addressField,
  git_ssh_url: addressField,
  web_url: addressField,
});
const pushSchema = z.object({
  ref: refField,
  before: commitField,
  after: commitField,
  project: projectSchema,
});
/** Hooks of a group tell of things that belong to no repository, and those by their `event_name` alone. */
const otherSchema = z.object({
  object_kind: kindField.optional(),
  event_name: kindField.optional(),
  project: projectSchema.nullish(),
});

/** A webhook of GitLab: docs.gitlab.com, "Webhook events". Error: `REQUEST_INVALID`. */
export function readGitlab(request: HookRequest): ReadHook {
  const id = deliveryId(request);
  const body = jsonOf(request.body);
  const { object_kind: kind, event_name: name, project } = fitted(otherSchema, body);
  if (kind !== 'push') {
    const what = kind ?? name ?? 'an event without a name';
    return { id, contents: [{ kind: 'other', what }], repository: project ? urls(project) : null };
  }
  const push = fitted(pushSchema, body);
  return { id, contents: [pushOf(push.ref, push.before, push.after)], repository: urls(push.project) };
}

/**
 * `webhook-id` is signed, and the same as `Idempotency-Key`, which stays the same when a request is sent again. Where
 * an older GitLab sends neither, its `X-Gitlab-Event-UUID` may be that of several branches of one push, so the body
 * tells them apart. The webhook's own UUID is another one each time.
 */
function deliveryId(request: HookRequest): string {
  const signed = request.header('webhook-signature') !== undefined;
  if (signed) return headerWord(request, 'webhook-id');
  if (request.header('idempotency-key') !== undefined) return headerWord(request, 'idempotency-key');
  const digest = createHash('sha256').update(request.body).digest('hex').slice(0, 32);
  return `${headerWord(request, 'x-gitlab-event-uuid')}/${digest}`;
}

const urls = (project: z.infer<typeof projectSchema>) =>
  addressesOf(project.git_http_url, project.git_ssh_url, project.web_url);
