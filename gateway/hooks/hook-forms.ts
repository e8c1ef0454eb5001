import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { HookForm } from '../../domain/ports/deliveries.js';
import type { HookRequest, ReadHook } from './hook-request.js';
import type { HookSecret } from './hook-secret.js';
import { readBitbucket } from './read-bitbucket.js';
import { isBinaryMode, readStructuredEvent, structuredType } from './read-cloudevent.js';
import { readGitea } from './read-gitea.js';
import { readGithub } from './read-github.js';
import { readGitlab } from './read-gitlab.js';
import { readStandard } from './read-standard.js';
import { verifyBitbucket } from './verify-bitbucket.js';
import { verifyGitea } from './verify-gitea.js';
import { verifyGithub } from './verify-github.js';
import { verifyGitlab } from './verify-gitlab.js';
import { verifyStandard } from './verify-standard.js';

type Unread = Pick<HookRequest, 'header'>;

/** How a sender is told, believed and read. */
interface FormRules {
  readonly form: HookForm;
  readonly recognises: (request: Unread) => boolean;
  /** Header that says so in words for people. */
  readonly signature: string;
  readonly verify: (request: HookRequest, secret: HookSecret) => boolean;
  readonly read: (request: HookRequest) => ReadHook;
}

const has =
  (name: string) =>
  ({ header }: Unread): boolean =>
    header(name) !== undefined;

const isCloudEvent = (request: Unread) =>
  isBinaryMode(request) || mediaType(request).startsWith('application/cloudevents');

/** The first that recognises the headers. Gitea sends those of GitHub too, so it comes before. */
const rules: readonly FormRules[] = [
  {
    form: 'gitea',
    recognises: has('x-gitea-event'),
    signature: 'x-gitea-signature or x-hub-signature-256',
    verify: verifyGitea,
    read: readGitea,
  },
  {
    form: 'gitlab',
    recognises: has('x-gitlab-event'),
    signature: 'webhook-signature or x-gitlab-token',
    verify: verifyGitlab,
    read: readGitlab,
  },
  {
    form: 'github',
    recognises: has('x-github-event'),
    signature: 'x-hub-signature-256',
    verify: verifyGithub,
    read: readGithub,
  },
  {
    form: 'bitbucket',
    recognises: has('x-event-key'),
    signature: 'x-hub-signature',
    verify: verifyBitbucket,
    read: readBitbucket,
  },
  {
    form: 'cloudevents',
    recognises: isCloudEvent,
    signature: 'webhook-signature',
    verify: verifyStandard,
    read: readSignedEvent,
  },
  {
    form: 'standard-webhooks',
    recognises: has('webhook-signature'),
    signature: 'webhook-signature',
    verify: verifyStandard,
    read: readStandard,
  },
];

/** By its headers; undefined where they are those of no sender that is known. */
export function formOf(request: Unread): FormRules | undefined {
  return rules.find(({ recognises }) => recognises(request));
}

/** The content type without its parameters. */
export function mediaType({ header }: Unread): string {
  return (header('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
}

/** The signature covers the body, and no header but those of Standard Webhooks. Error: `REQUEST_INVALID`. */
function readSignedEvent(request: HookRequest): ReadHook {
  if (!isBinaryMode(request)) return readStructuredEvent(request);
  throw new RatchetError(
    'REQUEST_INVALID',
    `in binary mode nothing signs the ce- headers: send structured mode (${structuredType}), or with a token to /api/v1/projects/{project}/events`,
  );
}
