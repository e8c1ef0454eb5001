import type { ModelStage } from '../ports/champions.js';

/** What moves a version from one place to another. */
export type StageEvent = 'judge' | 'promote' | 'rollBack' | 'retire';

/**
 * Where a version may go, and by what. A promotion moves three at once: the candidate in, the champion to `previous`,
 * the one that was `previous` to `archived`. What is live (`champion`, `previous`) cannot be retired or judged again,
 * and nothing comes back from `retired`.
 */
export const modelLifecycle: Readonly<Record<ModelStage, Readonly<Partial<Record<ModelStage, StageEvent>>>>> =
  {
    registered: { candidate: 'judge', refused: 'judge', retired: 'retire' },
    candidate: { champion: 'promote', refused: 'judge', retired: 'retire' },
    champion: { previous: 'promote', archived: 'rollBack' },
    previous: { champion: 'rollBack', archived: 'promote' },
    archived: { candidate: 'judge', refused: 'judge', retired: 'retire' },
    refused: { candidate: 'judge', retired: 'retire' },
    retired: {},
  };

/** Whether the event may take a version from the one place to the other. */
export function mayMove(from: ModelStage, to: ModelStage, by: StageEvent): boolean {
  return modelLifecycle[from][to] === by;
}
