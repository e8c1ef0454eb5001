import type { NewDataConfig } from '../../domain/config/triggers.js';
import { RatchetError } from '../../domain/errors/ratchet-error.js';
import { durationSeconds } from '../../domain/features/duration.js';
import type { LineName } from '../../domain/lifecycle/handle-triggers.js';
import { noticeOfSource } from '../../domain/notices/project-notices.js';
import type { TriggerDeps } from './deps.js';
import { type FoundData, findNewObjects, findNewRows } from './find-new-data.js';
import { type TellDeps, tell } from './tell.js';

type Deps = TellDeps & Pick<TriggerDeps, 'lines' | 'sources' | 'triggers' | 'watermarks'>;

export interface SourceLook extends LineName {
  readonly name: string;
  /** When this look began: one that goes on is told of once. */
  readonly since: string;
}

/**
 * Looks for rows (or objects) that no dataset has taken in yet. Enough of them, long enough at rest, are an event. Where
 * the watermark stands is for who confirms the dataset. A source that does not answer is told of; the look fails.
 */
export async function lookForData(deps: Deps, at: SourceLook): Promise<readonly LineName[]> {
  const { project, model, name, since } = at;
  const line = (await deps.lines.list(project)).find((one) => one.model === model);
  const declared = line?.triggers.newData[name];
  if (line === undefined || declared === undefined) return [];
  const found = await lookInto(deps, at, declared).catch(async (error: unknown) => {
    if (error instanceof RatchetError) {
      const { owner } = line;
      const lost = { project, model, owner, name, source: declared.source, since, reason: error.message };
      await tell(deps, noticeOfSource({ ...lost, at: new Date().toISOString() }));
    }
    throw error;
  });
  if (found === null || found.rows + found.late < declared.leastRows || !isAtRest(found, declared)) return [];
  const facts = { kind: 'new-data', name, source: declared.source, ...found } as const;
  // How many are inside of the lateness by then: one late row after another is another event.
  const late = found.late > 0 ? `+${found.inLateness}` : '';
  const key = `new-data:${name}:${found.to}${late}`.slice(0, 300);
  await deps.triggers.record([
    { project, model, kind: 'new-data', key, by: null, at: new Date().toISOString(), facts },
  ]);
  return [{ project, model }];
}

async function lookInto(
  deps: Deps,
  { project, model, name }: SourceLook,
  declared: NewDataConfig,
): Promise<FoundData | null> {
  const [{ config }, watermark] = await Promise.all([
    deps.projects.get(project),
    deps.watermarks.get({ project, model, name }),
  ]);
  const source = config.sources[declared.source];
  switch (source?.kind) {
    case 'postgres':
      return findNewRows(deps.sources, source, declared, watermark);
    case 's3':
      return findNewObjects(deps.sources, source, declared, watermark);
    default: {
      const known = Object.keys(config.sources).join(', ') || 'none';
      throw new RatchetError(
        'SOURCE_UNKNOWN',
        `triggers.newData.${name}.source is ${declared.source}, allowed is a database or bucket in force: ${known}`,
        { source: declared.source },
      );
    }
  }
}

/** Rows that are still coming are waited for. What has no time of its own is never waited for. */
function isAtRest({ to }: FoundData, { quiet }: NewDataConfig): boolean {
  const newestMs = Date.parse(to);
  if (quiet === undefined || Number.isNaN(newestMs)) return true;
  return Date.now() - newestMs >= durationSeconds(quiet) * 1000;
}
