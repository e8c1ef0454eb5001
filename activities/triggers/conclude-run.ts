import { workflowIds } from '../../domain/names.js';
import { noticeOfRun } from '../../domain/notices/run-notice.js';
import type { ModelLine } from '../../domain/ports/model-lines.js';
import type { RunRecord, RunStore } from '../../domain/ports/runs.js';
import { authorOf } from './author-of.js';
import type { TriggerDeps } from './deps.js';
import { type TellDeps, tell } from './tell.js';

type Deps = TellDeps &
  Pick<TriggerDeps, 'accounts' | 'git' | 'lines' | 'schedules'> & {
    readonly runs: Pick<RunStore, 'get' | 'steps' | 'refusals'>;
  };

/** What an ended run leads to: owner and author are told, and a timetable that pauses on failure is paused. Idempotent. */
export async function concludeRun(deps: Deps, { runId }: { readonly runId: string }): Promise<void> {
  const run = await deps.runs.get(runId);
  const [steps, refusals, lines, author] = await Promise.all([
    deps.runs.steps(runId),
    deps.runs.refusals(runId),
    deps.lines.list(run.project),
    authorOf(deps, run),
  ]);
  const line = lines.find(({ model }) => model === run.model);
  const notice = noticeOfRun({ run, steps, refusals, owner: line?.owner ?? null, author });
  if (notice !== null) await tell(deps, notice);
  if (run.status === 'failed' && line !== undefined) await pauseSchedules(deps, run, line);
}

/** The row first: what the server has is brought to it at the next look, if this does not. */
async function pauseSchedules(deps: Deps, run: RunRecord, { triggers }: ModelLine): Promise<void> {
  const { project, model, id: runId } = run;
  const names = run.causes.flatMap(({ facts }) => (facts?.kind === 'schedule' ? [facts.schedule] : []));
  for (const name of new Set(names)) {
    if (!triggers.schedules[name]?.pauseOnFailure) continue;
    const id = workflowIds.fireSchedule(project, model, name);
    const reason = `run ${runId} failed`;
    await deps.schedules.pause({ id, project, by: 'system/pause-on-failure', reason });
    await deps.client.schedule.getHandle(id).pause(reason);
  }
}
