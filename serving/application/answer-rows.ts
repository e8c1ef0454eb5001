import { rowMisfit } from '../../domain/contract/row-fit.js';
import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type {
  ApplicationStage,
  CallRow,
  RowOutcome,
} from '../../inference/application/application-messages.js';
import type { DataPlane } from '../data-plane-port.js';
import { predictRows, type Target } from '../http/predict/predict-rows.js';
import type { Served } from '../record/traffic-tallies.js';
import { parseExactJson } from '../tensors/exact-json.js';
import { eachAlone, type OneOutcome } from './each-alone.js';
import type { OpenApplication } from './open-application.js';

/** Where the model's answer for a row is recorded. */
export interface RecordedAs {
  readonly predictionId: string;
  readonly row: number;
}

/** An answer of the application's API; `recorded` is absent where nothing is. */
export interface AnsweredRow {
  readonly answer: unknown;
  readonly recorded?: RecordedAs | undefined;
}

/** What came of the rows of one request, and which version of the model was asked. */
export interface AnsweredRows {
  readonly outcomes: readonly OneOutcome<AnsweredRow>[];
  readonly model: string;
  readonly version: string;
}

/** A row between two steps. */
interface RowUnderWay extends CallRow {
  readonly recorded?: RecordedAs | undefined;
}

/** Marks a defect of the application, which is told in the log and not to clients. */
const broken = (stage: ApplicationStage | 'model') =>
  new RatchetError('APPLICATION_FAILED', `the application failed on this row, in ${stage}`);

/** Rows of the application's API in, answers of its API out. Each row fails alone. */
export async function answerRows(
  application: OpenApplication,
  plane: DataPlane,
  asked: Target,
  rows: readonly unknown[],
): Promise<AnsweredRows> {
  // One version answers all of them, also where another takes its place meanwhile.
  const { model, version } = plane.find(asked.model, asked.version);
  const target = { ...asked, version };
  const at = { name: model, version };
  const step = (stage: ApplicationStage) => (calls: readonly RowUnderWay[]) =>
    call(application, stage, at, calls);
  const untilMs = performance.now() + application.timeoutMs;
  const ofApplication = { codes: ['DEADLINE_EXCEEDED', 'APPLICATION_FAILED'], untilMs } as const;
  const ofModel = { codes: ['REQUEST_INVALID', 'MODEL_RUN'], untilMs } as const;
  const ask = (of: readonly RowUnderWay[]) => predict(plane, target, of, application);
  const started = rows.map((row) => fitting(application, row));
  const modelRows = await onward(started, (of) => eachAlone(of, ofApplication, step('preprocess')));
  const predicted = await onward(modelRows, (of) => eachAlone(of, ofModel, ask));
  const outcomes = await onward(predicted, (of) => eachAlone(of, ofApplication, step('postprocess')));
  const answers = outcomes.map((outcome) => answerOf(application, outcome));
  count(application, { model, version }, answers);
  return { outcomes: answers, model, version };
}

function fitting({ description }: OpenApplication, row: unknown): OneOutcome<RowUnderWay> {
  const why = rowMisfit(description.api.input, row);
  return why === null ? { value: { row } } : { error: new RatchetError('REQUEST_INVALID', why) };
}

/** Those that came so far go on; those that failed stay what they are. */
async function onward(
  outcomes: readonly OneOutcome<RowUnderWay>[],
  work: (rows: readonly RowUnderWay[]) => Promise<readonly OneOutcome<RowUnderWay>[]>,
): Promise<readonly OneOutcome<RowUnderWay>[]> {
  const done = (await work(outcomes.flatMap((o) => ('value' in o ? [o.value] : []))))[Symbol.iterator]();
  return outcomes.map((outcome) => {
    if ('error' in outcome) return outcome;
    return (done.next().value as OneOutcome<RowUnderWay> | undefined) ?? { error: broken('model') };
  });
}

async function call(
  { runner, metrics, log }: OpenApplication,
  stage: ApplicationStage,
  model: { readonly name: string; readonly version: string },
  rows: readonly RowUnderWay[],
): Promise<readonly OneOutcome<RowUnderWay>[]> {
  const answer = await runner.run({ stage, model, rows: rows.map(({ recorded: _, ...row }) => row) });
  metrics.record({ model: model.name, version: model.version }, answer.metrics);
  const put = (row: RowUnderWay, value: unknown): RowUnderWay =>
    stage === 'preprocess' ? { ...row, modelRow: value } : { ...row, prediction: value };
  return answer.outcomes.map((outcome: RowOutcome, i) => {
    if ('value' in outcome) return { value: put(rows[i] ?? { row: null }, outcome.value) };
    if ('refused' in outcome) return { error: new RatchetError('REQUEST_INVALID', outcome.refused) };
    log.error({ stage, reason: outcome.failed }, 'the serving application failed on a row');
    return { error: broken(stage) };
  });
}

async function predict(
  plane: DataPlane,
  target: Target,
  rows: readonly RowUnderWay[],
  { log }: OpenApplication,
): Promise<readonly OneOutcome<RowUnderWay>[]> {
  try {
    const body = { kind: 'rows', rows: rows.map((r) => r.modelRow) } as const;
    const { texts, predictionId } = await predictRows(plane, target, body);
    return rows.map((under, row) => {
      const recorded = predictionId === undefined ? undefined : { predictionId, row };
      return { value: { ...under, prediction: parseExactJson(texts[row] ?? 'null'), recorded } };
    });
  } catch (error) {
    if (!(error instanceof RatchetError) || error.code !== 'REQUEST_INVALID' || rows.length > 1) throw error;
    // The client's row fitted the API: what does not fit the model is what the application made of it.
    log.error({ stage: 'preprocess', reason: error.message }, 'the serving application failed on a row');
    return [{ error: broken('preprocess') }];
  }
}

function answerOf(
  { description, log }: OpenApplication,
  outcome: OneOutcome<RowUnderWay>,
): OneOutcome<AnsweredRow> {
  if ('error' in outcome) return outcome;
  const { prediction: answer, recorded } = outcome.value;
  const why = rowMisfit(description.api.output, answer);
  if (why === null) return { value: { answer, recorded } };
  log.error(
    { stage: 'postprocess', reason: why },
    'the serving application gave an answer that is not of its API',
  );
  return { error: broken('postprocess') };
}

function count({ metrics }: OpenApplication, of: Served, outcomes: readonly OneOutcome<unknown>[]): void {
  for (const outcome of outcomes) {
    if ('value' in outcome) metrics.rows(of, 'answered', 1);
    else metrics.rows(of, outcome.error.code === 'REQUEST_INVALID' ? 'refused' : 'failed', 1);
  }
}
