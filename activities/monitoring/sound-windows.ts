import type { WatchConfig } from '../../domain/config/watch.js';
import { durationSeconds } from '../../domain/features/duration.js';
import { wrongDataIn } from '../../domain/monitoring/wrong-data.js';
import type { EndpointName } from '../../domain/ports/deployment-target.js';
import type { JudgedWindow } from '../../domain/ports/watches.js';
import type { WatchDeps } from './deps.js';

/**
 * Windows of truth without those whose answers were to wrong data: what they got wrong says nothing of the model.
 * @param truth newest first
 */
export async function soundWindows(
  { watches }: Pick<WatchDeps, 'watches'>,
  name: EndpointName,
  { windows }: WatchConfig,
  truth: readonly JudgedWindow[],
): Promise<readonly JudgedWindow[]> {
  const [newest, oldest] = [truth[0], truth.at(-1)];
  if (newest === undefined || oldest === undefined) return [];
  const spanMs = Date.parse(newest.to) - Date.parse(oldest.from);
  // One more at either end may reach into the span.
  const limit = Math.ceil(spanMs / (1000 * durationSeconds(windows.every))) + 2;
  const inputs = await watches.windows(name, 'inputs', { limit, before: newest.to });
  const isWrong = wrongDataIn(inputs);
  return truth.filter((window) => !isWrong(window));
}
