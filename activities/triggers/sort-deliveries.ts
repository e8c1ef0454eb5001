import type { RefName, SortedDeliveries } from '../../domain/lifecycle/follow-ref.js';
import type { LineName } from '../../domain/lifecycle/handle-triggers.js';
import type { Delivery } from '../../domain/ports/deliveries.js';
import { trackedBranch } from './branch-of.js';
import type { TriggerDeps } from './deps.js';
import { recordCustomEvent } from './record-custom-event.js';

type Deps = Pick<TriggerDeps, 'deliveries' | 'lines' | 'projects' | 'triggers'>;

const atOnce = 200;

/**
 * Takes the oldest stored webhooks, of all projects but those in `without`. Events of programs are recorded and finished at once, and so is what starts nothing;
 * pushes of one ref are put together, to be followed by one look at its head.
 */
export async function sortDeliveries(deps: Deps, without: readonly string[] = []): Promise<SortedDeliveries> {
  const pending = await deps.deliveries.pending(atOnce, without);
  const refs = new Map<string, { readonly at: RefName; readonly deliveries: string[] }>();
  const wakes = new Map<string, LineName>();
  for (const delivery of pending) {
    const { project, content } = delivery;
    if (content.kind === 'event') {
      for (const line of await recordCustomEvent(deps, delivery, content))
        wakes.set(`${line.project} ${line.model}`, line);
      continue;
    }
    const tracked = content.kind === 'push' ? trackedBranch(await deps.projects.get(project)) : null;
    const why = content.kind === 'push' ? notTracked(content.ref, tracked) : content.what;
    if (tracked === null || why !== null) {
      await deps.deliveries.finish(delivery, 'ignored', `${why}: starts nothing`);
      continue;
    }
    const known = refs.get(`${project} ${tracked}`);
    if (known !== undefined) known.deliveries.push(delivery.id);
    else refs.set(`${project} ${tracked}`, { at: { project, ref: tracked }, deliveries: [delivery.id] });
  }
  return {
    refs: [...refs.values()].map(({ at, deliveries }) => ({ ...at, deliveries })),
    wakes: [...wakes.values()],
    isMore: pending.length === atOnce,
  };
}

/** Which branch HEAD is, only the repository knows. */
function notTracked(ref: string, tracked: string | null): string | null {
  if (ref === tracked || tracked === 'HEAD') return null;
  return `a push to ${ref}, where ${tracked ?? 'no branch'} is tracked`;
}

/** Finishes the deliveries that told of one ref. */
export async function finishDeliveries(
  { deliveries: store }: Pick<TriggerDeps, 'deliveries'>,
  {
    project,
    deliveries,
    result,
  }: {
    readonly project: Delivery['project'];
    readonly deliveries: readonly string[];
    readonly result: string;
  },
): Promise<void> {
  for (const id of deliveries) await store.finish({ project, id }, 'handled', result);
}
