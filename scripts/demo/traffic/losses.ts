import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { scoreOf } from '../../../activities/evaluation/task-output.js';
import { logLossOf } from '../../../domain/metrics/log-loss.js';
import { openModel } from '../../../inference/model-host.js';
import type { Demo } from '../demo.js';
import { runRatchet } from '../run-ratchet.js';
import type { FlightTable } from './flight-table.js';
import { timesOf } from './live-flights.js';
import type { Traffic } from './traffic.js';

const limits = { deadlineMs: 60_000, memoryBytes: 2 * 1024 ** 3 };

/** Mean log loss of each version over the flights of a span that came to an end, whoever answered them. */
export async function lossesOf(
  demo: Demo,
  { flights, evaluation }: Traffic,
  {
    versions,
    from,
    to,
  }: { readonly versions: readonly number[]; readonly from: string; readonly to: string },
): Promise<readonly number[]> {
  const known = rowsOf(flights, from, to);
  const columns = Object.fromEntries(evaluation.inputs.map((name) => [name, taken(flights, name, known)]));
  const late = taken(flights, 'late', known);
  const folder = await mkdtemp(join(tmpdir(), 'ratchet-june-'));
  try {
    const losses: number[] = [];
    for (const version of versions) {
      const name = `late-arrival@${version}`;
      await runRatchet(demo, ['model', 'pull', `${demo.project}/${name}`, '--to', folder]);
      const model = await openModel(join(folder, `${name}.onnx`), limits);
      try {
        const options = { order: evaluation.inputs, outputs: [evaluation.output] };
        const scores = scoreOf(evaluation, await model.run(columns, options));
        losses.push(meanLoss(scores, late));
      } finally {
        await model.close();
      }
    }
    return losses;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function rowsOf(flights: FlightTable, from: string, to: string): readonly number[] {
  const late = flights.get('late');
  return timesOf(flights, 'predict_at').flatMap((at, row) => {
    const isKnown = late instanceof Float64Array && !Number.isNaN(late[row]);
    return isKnown && at >= Date.parse(from) && at < Date.parse(to) ? [row] : [];
  });
}

function taken(flights: FlightTable, name: string, rows: readonly number[]) {
  const values = flights.get(name);
  if (values === undefined) throw new Error(`there is no column ${name}`);
  return values instanceof Float64Array
    ? Float64Array.from(rows, (row) => values[row] ?? Number.NaN)
    : rows.map((row) => values[row] ?? null);
}

function meanLoss(scores: Float64Array, late: Float64Array | (string | null)[]): number {
  const sum = scores.reduce((total, score, at) => total + logLossOf(late[at] === 1 ? score : 1 - score), 0);
  return sum / scores.length;
}
