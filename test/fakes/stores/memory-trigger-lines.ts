import { RatchetError } from '../../../domain/errors/ratchet-error.js';
import type { RunRecord } from '../../../domain/ports/runs.js';
import type { Hold, LineState, TriggerStore } from '../../../domain/ports/trigger-events.js';
import { causesOfRun } from '../../../domain/triggers/causes-of-run.js';
import type { EventOutcome, TriggerEvent } from '../../../domain/triggers/trigger-event.js';
import { newMemoryRun } from './memory-run-records.js';
import { isOpen, type MemoryState, now, requireProject, storable } from './memory-state.js';

type Line = Parameters<TriggerStore['line']>[0];
type Decided = Parameters<TriggerStore['settle']>[1];
type Lines = Pick<TriggerStore, 'line' | 'settle' | 'veto' | 'hold' | 'release' | 'holds'>;

export function createMemoryTriggerLines(state: MemoryState): Lines {
  return {
    line: async (line, asked) => readLine(state, line, asked),
    settle: async (line, decided) => settle(state, line, decided),
    async veto(line, by, reason) {
      const announced = pendingOf(state, line).filter(({ proposedAt }) => proposedAt !== null);
      const why = `${by}: ${storable(reason)}`;
      for (const event of announced) become(state, event, { kind: 'suppressed', rule: 'veto', reason: why });
      if (announced.length > 0) state.vetoes.set(nameOf(line), now());
      return announced.length;
    },
    async hold({ project, model, by, reason }) {
      requireProject(state, project);
      const since = state.holds.get(nameOf({ project, model }))?.since ?? now();
      const hold: Hold = { project, model, by, reason: storable(reason) ?? '', since };
      state.holds.set(nameOf(hold), hold);
      return hold;
    },
    async release(line) {
      const hold = state.holds.get(nameOf(line));
      if (hold && state.holds.delete(nameOf(line))) return hold;
      throw new RatchetError('CONFLICT', `model ${nameOf(line)} is not held`);
    },
    holds: async (project) =>
      [...state.holds.values()]
        .filter((hold) => hold.project === project)
        .sort((a, b) => (a.model < b.model ? -1 : 1)),
  };
}

function settle(state: MemoryState, line: Line, { outcomes, proposed, run }: Decided): boolean {
  const pending = new Map(pendingOf(state, line).map((event) => [event.id, event]));
  if (run !== null) {
    if (!run.causes.every(({ id }) => pending.has(id))) {
      return run.causes.every(({ id }) => runOf(state, id) === run.id);
    }
    if (run.automatic && state.holds.has(nameOf(line))) return false;
    if (state.runs.has(run.id)) throw new RatchetError('CONFLICT', `run "${run.id}" is there already`);
    const { clockAt, ...begun } = run;
    state.runs.set(run.id, newMemoryRun({ ...begun, ...line, causes: causesOfRun(run.causes) }));
    state.runClocks.set(run.id, clockAt);
  }
  for (const { id, outcome } of outcomes) {
    const event = pending.get(id);
    if (event) become(state, event, outcome);
  }
  for (const id of proposed) {
    const event = state.triggerEvents.get(id);
    if (!event || !pending.has(id) || event.outcome !== null) continue;
    state.triggerEvents.set(id, { ...event, proposedAt: event.proposedAt ?? now() });
  }
  return true;
}

function become(state: MemoryState, event: TriggerEvent, outcome: EventOutcome): void {
  const kept =
    outcome.kind === 'suppressed' ? { ...outcome, reason: storable(outcome.reason) ?? '' } : outcome;
  state.triggerEvents.set(event.id, { ...event, outcome: kept, settledAt: now() });
}

function runOf(state: MemoryState, id: string): string | undefined {
  const outcome = state.triggerEvents.get(id)?.outcome;
  return outcome && outcome.kind !== 'suppressed' ? outcome.runId : undefined;
}

function pendingOf(state: MemoryState, { project, model }: Line): readonly TriggerEvent[] {
  return [...state.triggerEvents.values()].filter(
    (event) => event.project === project && event.model === model && event.outcome === null,
  );
}

function readLine(
  state: MemoryState,
  line: Line,
  { limit, since }: Parameters<TriggerStore['line']>[1],
): LineState {
  const ofModel = [...state.runs.values()].filter((run) => nameOf(run) === nameOf(line));
  const automatic = ofModel.filter((run) => run.automatic);
  const clockOf = ({ id, createdAt }: RunRecord) => state.runClocks.get(id) ?? createdAt;
  const recent = automatic.filter((run) => clockOf(run) >= since);
  const starts = new Set(
    [...state.triggerEvents.values()].flatMap(({ outcome }) =>
      outcome?.kind === 'started' ? [outcome.runId] : [],
    ),
  );
  return {
    pending: pendingOf(state, line).slice(0, limit),
    inFlight: ofModel
      .filter(({ id, status }) => isOpen(status) && starts.has(id))
      .map(({ id, createdAt }) => ({ runId: id, startedAt: createdAt })),
    lastAutomaticAt: automatic.map(clockOf).toSorted().at(-1) ?? null,
    lastVetoedAt: state.vetoes.get(nameOf(line)) ?? null,
    used: { runs: recent.length, computeMinutes: minutesOf(state, new Set(recent.map(({ id }) => id))) },
    hold: state.holds.get(nameOf(line)) ?? null,
  };
}

function minutesOf(state: MemoryState, runIds: ReadonlySet<string>): number {
  const ms = [...state.steps.values()]
    .filter(({ runId, row }) => runIds.has(runId) && row.status !== 'reused' && row.status !== 'skipped')
    .flatMap(({ row: { startedAt, endedAt } }) =>
      startedAt === null ? [] : [Date.parse(endedAt ?? now()) - Date.parse(startedAt)],
    );
  return ms.reduce((sum, each) => sum + each, 0) / 60_000;
}

function nameOf({ project, model }: Line): string {
  return `${project}/${model}`;
}
