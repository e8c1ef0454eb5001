import { RatchetError } from '../../../domain/errors/ratchet-error.js';
import type { ReplayAnswersInput, ReplayedAnswers } from '../../../domain/lifecycle/replay-answers.js';
import {
  type AnsweredValue,
  compareRow,
  createReplayTally,
  type ReplayTally,
  replayTolerance,
} from '../../../domain/monitoring/replay/replay-tally.js';
import type { ModelVersionRecord } from '../../../domain/ports/models.js';
import type { ServedShare, TrafficRow } from '../../../domain/ports/watches.js';
import { halfValue } from '../../../inference/codec/half.js';
import type { TensorValue } from '../../../inference/codec/tensors.js';
import type { OpenModel } from '../../../inference/model-host.js';
import { inFolder } from '../../serving/in-folder.js';
import { withVersionModel } from '../../serving/version-model.js';
import type { WatchDeps } from '../deps.js';
import { isReadable, recordedColumns } from './recorded-columns.js';

export type ReplayDeps = Pick<WatchDeps, 'blobs' | 'registry' | 'takeHost' | 'traffic' | 'workDir'>;

/**
 * Asks the very file that answered, found by its digest, for what was asked then, and compares. Rows of a request are asked
 * together again. Errors: those of the stores and of `openModel`; `MODEL_RUN`.
 */
export async function replayAnswers(
  deps: ReplayDeps,
  { project, endpoint, from, to, mostRows }: ReplayAnswersInput,
  signal: AbortSignal,
): Promise<ReplayedAnswers> {
  const [name, window] = [
    { project, endpoint },
    { from, to },
  ];
  const tally = createReplayTally();
  const left = { unreadable: 0, unknown: 0 };
  const versions: ReplayedAnswers['versions'][number][] = [];
  for (const share of await deps.traffic.versions(name, window)) {
    const record = await recordOf(deps, share);
    if (record === undefined) {
      left.unknown += share.rows;
      continue;
    }
    const rows = await deps.traffic.rows(name, share.modelDigest, window, mostRows);
    const before = tally.counts.compared;
    left.unreadable += await replayVersion(deps, { record, rows, tally }, signal);
    const { model, version, modelDigest } = share;
    versions.push({ model, version, modelDigest, compared: tally.counts.compared - before });
  }
  return { ...tally.counts, ...left, tolerance: replayTolerance, worst: tally.worst(), versions };
}

/** Undefined where the registry has no such version, or one of another file. */
async function recordOf(
  { registry }: Pick<ReplayDeps, 'registry'>,
  { project, model, version, modelDigest }: ServedShare,
): Promise<ModelVersionRecord | undefined> {
  if (project === null) return undefined;
  try {
    const record = await registry.get(project, model, version);
    return record.file.sha256 === modelDigest ? record : undefined;
  } catch (error) {
    if (error instanceof RatchetError && error.code === 'MODEL_NOT_FOUND') return undefined;
    throw error;
  }
}

interface VersionJob {
  readonly record: ModelVersionRecord;
  readonly rows: readonly TrafficRow[];
  readonly tally: ReplayTally;
}

/** How many rows cannot be asked again. */
async function replayVersion(
  deps: ReplayDeps,
  { record, rows, tally }: VersionJob,
  signal: AbortSignal,
): Promise<number> {
  if (rows.length === 0) return 0;
  return await inFolder(deps.workDir, 'replay', (folder) =>
    withVersionModel(deps, record, { folder, signal }, async (model) => {
      const readable = rows.filter((row) => isReadable(model.interface, row));
      for (const batch of byRequest(readable)) {
        signal.throwIfAborted();
        await replayBatch(model, batch, tally);
      }
      return rows.length - readable.length;
    }),
  );
}

function byRequest(rows: readonly TrafficRow[]): readonly (readonly TrafficRow[])[] {
  const requests = new Map<string, TrafficRow[]>();
  for (const row of rows) {
    const known = requests.get(row.id);
    if (known === undefined) requests.set(row.id, [row]);
    else known.push(row);
  }
  return [...requests.values()];
}

async function replayBatch(
  model: OpenModel,
  batch: readonly TrafficRow[],
  tally: ReplayTally,
): Promise<void> {
  const { columns, order } = recordedColumns(model.interface, batch);
  const answers = [...(await model.run(columns, { order })).values()];
  for (const [at, { id, row, outputs }] of batch.entries()) {
    const replayed = answers.map((answer) => [answer.name, valuesOfRow(answer, at, batch.length)] as const);
    tally.add({ predictionId: id, row }, compareRow(outputs, Object.fromEntries(replayed)));
  }
}

function valuesOfRow({ type, data }: TensorValue, row: number, rows: number): readonly AnsweredValue[] {
  const width = data.length / rows;
  return Array.from({ length: width }, (_, place) => {
    const value = data[row * width + place] ?? '';
    if (type === 'float16') return halfValue(Number(value));
    return type === 'bool' ? value !== 0 : value;
  });
}
