import { type PageCursor, readCursor, writeCursor } from '../../../db/page-cursor.js';
import { RatchetError } from '../../../domain/errors/ratchet-error.js';
import type { RunFilter, RunPage, RunRecord } from '../../../domain/ports/runs.js';
import { isOpen, type MemoryState } from './memory-state.js';

/** All that match in their order; a page begins behind the run that its cursor names. */
export function listMemoryRuns(state: MemoryState, filter: RunFilter): RunPage {
  const { limit = 50, sortBy, after } = filter;
  if (!Number.isInteger(limit) || limit < 1 || limit > 200) {
    throw new RatchetError('REQUEST_INVALID', `a page has 1 to 200 runs, ${limit} were asked for`);
  }
  const order = sortBy ? `${sortBy.metric} ${sortBy.direction}` : 'newest';
  const runs = inOrder(state, filter);
  const from = after === undefined ? 0 : runs.findIndex(({ id }) => id === readCursor(after, order).id) + 1;
  const shown = runs.slice(from, from + limit);
  const last = runs.length > from + limit ? shown.at(-1) : undefined;
  return {
    runs: shown.map((run) => ({
      ...run,
      step: stepOf(state, run.id),
      metrics: state.scores.get(run.id) ?? {},
    })),
    next: last ? writeCursor(cursorAt(last, order)) : null,
  };
}

function cursorAt({ id, createdAt }: RunRecord, order: string): PageCursor {
  return { order, part: 'newest', at: createdAt, id };
}

function inOrder(state: MemoryState, { project, projects, model, status, sortBy }: RunFilter): RunRecord[] {
  const shown = [...state.runs.values()].map((run) => ({ ...run, status: shownStatus(state, run) }));
  const newest = shown.reverse().filter((run) => {
    if (projects?.includes(run.project) === false) return false;
    const wanted = [project ?? run.project, model ?? run.model, status ?? run.status];
    return wanted[0] === run.project && wanted[1] === run.model && wanted[2] === run.status;
  });
  if (sortBy === undefined) return newest;
  const scoreOf = ({ id }: RunRecord) => state.scores.get(id)?.[sortBy.metric];
  const scored = newest.filter((run) => scoreOf(run) !== undefined);
  const sign = sortBy.direction === 'higher' ? -1 : 1;
  scored.sort((a, b) => sign * ((scoreOf(a) ?? 0) - (scoreOf(b) ?? 0) || (a.id < b.id ? -1 : 1)));
  return [...scored, ...newest.filter((run) => scoreOf(run) === undefined)];
}

/** One that is not over, else the one that began last. */
function stepOf(state: MemoryState, runId: string): string | null {
  const rows = [...state.steps.values()].filter((step) => step.runId === runId).map(({ row }) => row);
  return (rows.findLast(({ status }) => isOpen(status)) ?? rows.at(-1))?.name ?? null;
}

/** An open run waits where nobody works on a step of it, once that is told or has lasted. */
function shownStatus(state: MemoryState, { id, status, createdAt }: RunRecord): RunRecord['status'] {
  if (!isOpen(status)) return status;
  const rows = [...state.steps.values()].filter(({ runId }) => runId === id).map(({ row }) => row);
  if (rows.some((row) => row.status === 'running')) return 'running';
  const ended = rows.flatMap(({ endedAt }) => endedAt ?? []).sort();
  const lastedMs = Date.now() - Date.parse(ended.at(-1) ?? createdAt);
  return rows.some((row) => row.status === 'waiting') || lastedMs > 1000 ? 'waiting' : 'running';
}
