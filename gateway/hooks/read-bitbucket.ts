import { z } from 'zod';
import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { DeliveryContent } from '../../domain/ports/deliveries.js';
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

/** More branches in one push are a mirror; the timetable sees what they are by then. */
const mostBranches = 100;

const repositorySchema = z.object({
  links: z.object({ html: z.object({ href: addressField }) }),
});
const sideSchema = z
  .object({ type: kindField, name: z.string().min(1).max(1000), target: z.object({ hash: commitField }) })
  .nullable();
const changeSchema = z
  .object({ old: sideSchema, new: sideSchema })
  .refine((change) => change.old !== null || change.new !== null, 'a change of something');
const pushSchema = z.object({ push: z.object({ changes: z.array(changeSchema).max(5000) }) });
const otherSchema = z.object({ repository: repositorySchema.nullish() });

/** A webhook of Bitbucket Cloud: support.atlassian.com, "Event payloads". Error: `REQUEST_INVALID`. */
export function readBitbucket(request: HookRequest): ReadHook {
  const id = headerWord(request, 'x-request-uuid');
  const event = fitted(kindField, request.header('x-event-key'), 'header.x-event-key');
  const body = jsonOf(request.body);
  const { repository: about } = fitted(otherSchema, body);
  const repository = about ? addressesOf(about.links.html.href) : null;
  if (event !== 'repo:push') return { id, contents: [{ kind: 'other', what: event }], repository };
  return { id, contents: movedBranches(fitted(pushSchema, body)), repository: repository ?? [] };
}

/** Every branch that one push moved; where it moved none, that it did. */
function movedBranches({ push }: z.infer<typeof pushSchema>): ReadHook['contents'] {
  const moves = push.changes.map((change): DeliveryContent => {
    const side = change.new ?? change.old;
    const folder = side?.type.endsWith('branch') === true ? 'heads' : 'tags';
    const ref = fitted(refField, `refs/${folder}/${side?.name}`, 'the name of a branch');
    return pushOf(ref, change.old?.target.hash ?? null, change.new?.target.hash ?? null);
  });
  const [first, ...more] = moves.filter(({ kind }) => kind === 'push');
  if (more.length >= mostBranches) {
    throw new RatchetError(
      'REQUEST_INVALID',
      `one push moved ${more.length + 1} branches, and at most ${mostBranches} are taken; the timetable sees them`,
    );
  }
  return [first ?? moves[0] ?? { kind: 'other', what: 'repo:push of nothing' }, ...more];
}
