import { isDeepStrictEqual } from 'node:util';
import type { Hold, LineState } from '../../../domain/ports/trigger-events.js';
import { decideLine } from '../../../domain/triggers/decide-line.js';
import type { LineDecision, LineSettings, RunStart } from '../../../domain/triggers/line-decision.js';
import type { TriggerEvent } from '../../../domain/triggers/trigger-event.js';

const day = 86_400_000;

/** Something that happens to a model's line from outside. */
export type Happening =
  | { readonly atMs: number; readonly event: TriggerEvent }
  | { readonly atMs: number; readonly hold: Hold | null }
  /** A person stops what is announced, if anything is. */
  | { readonly atMs: number; readonly veto: true }
  | { readonly atMs: number; readonly rollout: boolean };

export interface WorldRun extends RunStart {
  readonly startedMs: number;
  endsMs: number;
  isCancelled: boolean;
}

/** A decision, with what it was about. */
export interface Decided {
  readonly atMs: number;
  readonly state: LineState;
  readonly settings: LineSettings;
  readonly decision: LineDecision;
}

/**
 * A line with its store, its clock and its runs, which end after so many minutes each. A cancelled run takes a minute to
 * end. It refuses what a database would refuse: an event settled twice, or one that is not there.
 */
export class LineWorld {
  readonly events = new Map<string, TriggerEvent>();
  readonly runs: WorldRun[] = [];
  /** When a person stopped what was announced. */
  readonly vetoedMs: number[] = [];
  wakes = 0;
  readonly #pending = new Set<string>();
  #hold: Hold | null = null;
  #rollout = false;

  readonly settings: LineSettings;
  readonly runMinutes: readonly number[];
  readonly look: (decided: Decided) => void;
  readonly limit: number;

  constructor(
    settings: LineSettings,
    runMinutes: readonly number[],
    look: (decided: Decided) => void = () => undefined,
    limit = 100,
  ) {
    this.settings = settings;
    this.runMinutes = runMinutes;
    this.look = look;
    this.limit = limit;
  }

  /** Plays all that happens until nothing more will, or the end. */
  play(happenings: readonly Happening[], endMs: number): void {
    const coming = [...happenings].sort((a, b) => a.atMs - b.atMs);
    let wakeMs: number | null = null;
    for (;;) {
      const next = [coming[0]?.atMs, wakeMs ?? undefined, ...this.#open().map(({ endsMs }) => endsMs)];
      const now = Math.min(...next.filter((at) => at !== undefined), Number.POSITIVE_INFINITY);
      if (now > endMs) return;
      while (coming[0] !== undefined && coming[0].atMs <= now) this.happen(coming.shift() as Happening);
      wakeMs = this.wake(now);
    }
  }

  /** Oldest first. */
  pending(): readonly TriggerEvent[] {
    return [...this.#pending].map((id) => this.#unsettled(id));
  }

  readonly #ended = new Set<WorldRun>();
  #open = () => this.runs.filter((run) => !this.#ended.has(run));

  happen(happening: Happening): void {
    if ('event' in happening) {
      this.events.set(happening.event.id, happening.event);
      this.#pending.add(happening.event.id);
    } else if ('hold' in happening) this.#hold = happening.hold;
    else if ('veto' in happening) this.#veto(happening.atMs);
    else this.#rollout = happening.rollout;
  }

  #veto(atMs: number): void {
    const announced = this.pending().filter(({ proposedAt }) => proposedAt !== null);
    for (const event of announced) {
      const outcome = { kind: 'suppressed', rule: 'veto', reason: 'not now' } as const;
      this.events.set(event.id, { ...event, outcome });
      this.#pending.delete(event.id);
    }
    if (announced.length > 0) this.vetoedMs.push(atMs);
  }

  /** Decides until nothing is left to do now; when to look again. */
  wake(now: number): number | null {
    this.wakes += 1;
    for (const run of this.#open()) if (run.endsMs <= now) this.#ended.add(run);
    for (let rounds = 0; rounds <= this.events.size + 2; rounds += 1) {
      const state = this.#state(now);
      const settings = { ...this.settings, rolloutInFlight: this.#rollout };
      const question = {
        state,
        settings,
        now: new Date(now).toISOString(),
        runId: `run-${this.runs.length}`,
      };
      const decision = decideLine(question);
      this.look({ atMs: now, state, settings, decision });
      if (this.wakes % 20 === 0 && !isDeepStrictEqual(decideLine(asJson(question)), asJson(decision)))
        throw new Error('state or decision is another one after JSON');
      this.#settle(decision, now);
      if (decision.start === null && decision.outcomes.length === 0)
        return decision.wakeAt === null ? null : Date.parse(decision.wakeAt);
    }
    throw new Error('the line does not come to rest');
  }

  #state(now: number): LineState {
    const automatic = this.runs.filter((run) => run.automatic);
    const used = automatic.filter(({ startedMs }) => startedMs > now - 7 * day);
    const minutes = used.map(({ startedMs, endsMs }) => (Math.min(now, endsMs) - startedMs) / 60_000);
    return {
      pending: this.pending().slice(0, this.limit),
      inFlight: this.#open().map(({ id, startedMs }) => ({
        runId: id,
        startedAt: new Date(startedMs).toISOString(),
      })),
      lastAutomaticAt: isoOrNull(automatic.at(-1)?.startedMs),
      lastVetoedAt: isoOrNull(this.vetoedMs.at(-1)),
      used: { runs: used.length, computeMinutes: minutes.reduce((sum, one) => sum + one, 0) },
      hold: this.#hold,
    };
  }

  #settle({ outcomes, proposed, start, cancel }: LineDecision, now: number): void {
    for (const { id, outcome } of outcomes) {
      this.events.set(id, { ...this.#unsettled(id), outcome });
      this.#pending.delete(id);
    }
    for (const id of proposed)
      this.events.set(id, { ...this.#unsettled(id), proposedAt: new Date(now).toISOString() });
    const cancelled = this.runs.find(({ id }) => id === cancel);
    if (cancelled !== undefined) {
      cancelled.isCancelled = true;
      cancelled.endsMs = Math.min(cancelled.endsMs, now + 60_000);
    }
    if (start === null) return;
    const minutes = this.runMinutes[this.runs.length % this.runMinutes.length] ?? 1;
    this.runs.push({ ...start, startedMs: now, endsMs: now + minutes * 60_000, isCancelled: false });
  }

  #unsettled(id: string): TriggerEvent {
    const event = this.events.get(id);
    if (event === undefined) throw new Error(`there is no event ${id}`);
    if (event.outcome !== null) throw new Error(`event ${id} is settled`);
    return event;
  }
}

const isoOrNull = (atMs: number | undefined) => (atMs === undefined ? null : new Date(atMs).toISOString());

const asJson = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;
