import type { RunStore } from '../../domain/ports/runs.js';
import { beginning, readGrownLines } from './growing-file.js';
import { parseMetricLines } from './metric-lines.js';
import { metricWords } from './metric-words.js';
import type { Redactor } from './redactor.js';
import { repeat } from './repeat.js';

const intervalMs = 500;

/** People read along; a line for every step would drown them. */
const tellIntervalMs = 5000;

/** A series that long, or a file that large, is for a file and not for a page. */
const maxPoints = 100_000;
const maxBytes = 64 * 1024 * 1024;

/**
 * Follows `metrics.jsonl` as it grows, puts its points on the run, and now and then tells the newest step in words. Stopping reads
 * what is left.
 */
export function followMetrics(
  runs: Pick<RunStore, 'appendMetrics'>,
  runId: string,
  file: { readonly path: string; readonly redactor: Redactor; readonly tell: (newest: string) => void },
  signal: AbortSignal,
): { stop(): Promise<void> } {
  let at = beginning;
  let lines = 0;
  let points = 0;
  let toldMs = 0;

  /** What was read counts as read only when it is stored. */
  const readMore = async () => {
    while (points < maxPoints && at.offsetBytes < maxBytes) {
      const grown = await readGrownLines(file.path, at);
      if (grown === undefined) return;
      const clean = grown.lines.map((line) => file.redactor.text(line));
      const found = parseMetricLines(clean, lines, new Date().toISOString()).slice(0, maxPoints - points);
      if (found.length > 0) {
        await runs.appendMetrics(runId, found);
        if (Date.now() - toldMs >= tellIntervalMs) {
          toldMs = Date.now();
          file.tell(metricWords(found));
        }
      }
      at = grown.next;
      lines += grown.lines.length;
      points += found.length;
    }
  };
  return repeat('following the metrics', intervalMs, readMore, signal);
}
