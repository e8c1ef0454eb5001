import { createHash } from 'node:crypto';
import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { HookForm } from '../../domain/ports/deliveries.js';
import type { GatewayDeps } from '../deps.js';
import { RequestRefusal } from '../http/request-refusal.js';
import { formOf, mediaType } from './hook-forms.js';
import type { HookRequest, ReadHook } from './hook-request.js';
import type { HookSecret } from './hook-secret.js';
import { structuredType } from './read-cloudevent.js';
import { sameRepository } from './same-repository.js';

const mostIdLength = 200;

/** What a sender is told. */
export interface Received {
  readonly id: string;
  /** Whether it came before. */
  readonly repeated: boolean;
}

export type ReceiveDeps = Pick<GatewayDeps, 'deliveries' | 'projects' | 'wakeInbox'>;

/** Error: 415, before anything of the body is read. */
export function requireJson(request: Pick<HookRequest, 'header'>): void {
  const type = mediaType(request);
  if (type === 'application/json' || type === structuredType) return;
  const came = type === '' ? 'without a content type' : `as ${type.slice(0, 100)}`;
  throw new RequestRefusal(415, `a webhook came ${came}; ${insteadOf(type)}`);
}

function insteadOf(type: string): string {
  if (type === 'application/x-www-form-urlencoded') {
    return 'at the Git host, set the content type of the webhook to application/json';
  }
  if (type === 'application/cloudevents-batch+json') return 'send one event a request';
  return `allowed are application/json and ${structuredType}`;
}

/**
 * Believes a webhook, or not; keeps it; and tells the inbox. Errors: `UNAUTHENTICATED` for a wrong signature, the same
 * where there is no such project; `REQUEST_INVALID`; `NOT_FOUND` where it is about another repository.
 */
export async function receiveHook(
  deps: ReceiveDeps,
  project: string,
  secrets: readonly HookSecret[],
  request: HookRequest,
): Promise<Received> {
  const rules = formOf(request);
  if (rules === undefined) throw unbelieved('no header says which sender this is');
  const { form, signature, verify, read } = rules;
  // Each secret is tried, so that the time says nothing of which one it was.
  const believed = secrets.filter((secret) => verify(request, secret)).length > 0;
  const repo = believed ? await repositoryOf(deps, project) : undefined;
  if (repo === undefined) throw unbelieved(`${signature} is not the signature of this body for this address`);
  const hook = read(request);
  if (hook.repository !== null && !sameRepository(repo, hook.repository)) {
    throw new RatchetError('NOT_FOUND', 'there is nothing here for this webhook');
  }
  return keepHook(deps, project, form, hook);
}

/** Stores each of its contents once, and wakes the inbox also for one that came before: that may have been lost. */
export async function keepHook(
  { deliveries, wakeInbox }: Omit<ReceiveDeps, 'projects'>,
  project: string,
  form: HookForm,
  { id, contents }: ReadHook,
): Promise<Received> {
  let repeated = true;
  for (const [at, content] of contents.entries()) {
    const own = deliveryId(form, at === 0 ? id : `${id}/${at}`);
    const { created } = await deliveries.store({ id: own, project, form, content });
    if (created) repeated = false;
  }
  wakeInbox();
  return { id: deliveryId(form, id), repeated };
}

/** A long id is kept as its digest. */
function deliveryId(form: HookForm, id: string): string {
  const whole = `${form}:${id}`;
  if (whole.length <= mostIdLength) return whole;
  return `${form}:sha256-${createHash('sha256').update(id).digest('hex')}`;
}

async function repositoryOf({ projects }: ReceiveDeps, project: string): Promise<string | undefined> {
  try {
    return (await projects.get(project)).repo;
  } catch (error) {
    if (error instanceof RatchetError && error.code === 'PROJECT_NOT_FOUND') return undefined;
    throw error;
  }
}

const unbelieved = (why: string) =>
  new RatchetError('UNAUTHENTICATED', `the webhook is not believed: ${why}`);
