import { watchSchema } from '../../domain/config/watch.js';
import type { WatchStep } from '../../domain/lifecycle/watch-endpoint.js';
import { dueUntil } from '../../domain/monitoring/due-until.js';
import { firstWindowFrom, firstWindowOf, windowRule } from '../../domain/monitoring/watch-rules.js';
import { type MonitorWindow, windowOf } from '../../domain/monitoring/window.js';
import { type WatchLine, watchLines } from '../../domain/monitoring/window-evidence.js';
import type { EndpointName } from '../../domain/ports/deployment-target.js';
import type { TrafficProgress, WatchRecord } from '../../domain/ports/watches.js';
import { concludeWindow } from './conclude-window.js';
import type { WatchDeps } from './deps.js';

/** What was answered is in the database so long after, usually: a spool rolls every second. */
const deliveryMs = 1200;
/** Windows of a line in one step: what was judged is kept, however the step ends. */
const mostAtOnce = 20;

/**
 * Judges the windows of an endpoint that are due, in the order of time and each once. Whoever comes second to a window
 * finds it judged. Errors: those of the stores, of Git and of the model's file.
 */
export async function judgeDue(deps: WatchDeps, name: EndpointName, signal: AbortSignal): Promise<WatchStep> {
  const [endpoint, watch, progress] = await Promise.all([
    deps.endpoints.get(name),
    deps.watches.get(name),
    deps.traffic.progress(name),
  ]);
  const isRetired = endpoint.retiredAt !== null;
  const now = deps.now();
  const slowly = new Date(Date.parse(now) + deps.lookEveryMs).toISOString();
  if (watch === undefined || progress === undefined)
    return { judged: 0, wakeAt: slowly, wakes: [], isGone: isRetired };
  const due = await dueOf(deps, { name, watch, progress, now });
  // One that was declared before a key was there has its default.
  const config = watchSchema.parse(watch.config);
  let wakesLine = false;
  for (const { line, window } of due.windows) {
    const concluded = await concludeWindow(deps, { ...name, line, window, watch: config }, signal);
    wakesLine ||= concluded.wakesLine;
  }
  const judged = due.windows.length;
  const wakes = wakesLine ? [{ project: name.project, model: endpoint.model }] : [];
  const wakeAt = judged > 0 ? now : soonest(now, slowly, [due.silentAt, nextDueAt(progress, due)]);
  return { judged, wakeAt, wakes, isGone: isRetired && judged === 0 && due.silentAt === null };
}

interface DueWindows {
  readonly windows: readonly { readonly line: WatchLine; readonly window: MonitorWindow }[];
  /** When more may be due though nothing comes; null where only an event can bring them. */
  readonly silentAt: string | null;
  /** How much later events must come for one more; null where nothing of it has come. */
  readonly lackMs: number | null;
}

interface Watched {
  readonly name: EndpointName;
  readonly watch: WatchRecord;
  readonly progress: TrafficProgress;
  readonly now: string;
}

/** Of both lines, in the order in which they end; inputs first where they end together. */
async function dueOf(deps: Pick<WatchDeps, 'watches' | 'traffic'>, watched: Watched): Promise<DueWindows> {
  const lines = await Promise.all(watchLines.map((line) => dueOfLine(deps, line, watched)));
  return {
    windows: lines
      .flatMap(({ windows }) => windows)
      .toSorted((a, b) => Date.parse(a.window.to) - Date.parse(b.window.to)),
    silentAt: lines.flatMap(({ silentAt }) => silentAt ?? []).toSorted()[0] ?? null,
    lackMs: lines.flatMap(({ lackMs }) => lackMs ?? []).toSorted((a, b) => a - b)[0] ?? null,
  };
}

/** When a window will be due if events go on with the clock; null where only they can tell. */
function nextDueAt({ lastCameAt }: TrafficProgress, { lackMs }: DueWindows): string | null {
  return lackMs === null ? null : new Date(Date.parse(lastCameAt) + lackMs + deliveryMs).toISOString();
}

/** A window in which nothing was asked says nothing, and is passed over. */
async function dueOfLine(
  { watches, traffic }: Pick<WatchDeps, 'watches' | 'traffic'>,
  line: WatchLine,
  { name, watch, progress, now }: Watched,
): Promise<DueWindows> {
  const rule = windowRule(watch.config, line);
  const { until, silentAt } = dueUntil(rule, progress, now);
  const newest = await watches.newest(name, line);
  let from =
    newest === undefined ? firstWindowOf(rule, progress.oldestEventAt) : firstWindowFrom(rule, newest.to);
  const windows: { line: WatchLine; window: MonitorWindow }[] = [];
  while (windows.length < mostAtOnce) {
    const next = await traffic.nextEventAt(name, from);
    if (next === undefined) return { windows, silentAt: null, lackMs: null };
    const window = windowOf(rule, next);
    if (window.to > until) return { windows, silentAt, lackMs: Date.parse(window.to) - Date.parse(until) };
    windows.push({ line, window });
    from = window.to;
  }
  return { windows, silentAt, lackMs: null };
}

/** The first of some instants that is still to come, and `latest` at the latest. */
function soonest(now: string, latest: string, instants: readonly (string | null)[]): string {
  const toCome = instants.filter((at) => at !== null && at > now) as string[];
  return [latest, ...toCome].toSorted()[0] ?? latest;
}
