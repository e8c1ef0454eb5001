import { connect } from '../../../db/client.js';
import type { Stores } from '../../../db/open-database.js';
import { createPredictionSink } from '../../../db/predictions.js';
import type { FeedbackRow, ServedModel } from '../../../domain/ports/predictions.js';
import { newPredictionId } from '../../../serving/record/prediction-ids.js';
import { answeredRows } from './answered-rows.js';
import { RecordFeeder, type TimedAnswer } from './record-feeder.js';

export const dayMs = 86_400_000;
export const rowsOfDay = 100_000;
/** Rows of a request of feedback. */
const toldAtOnce = 500;
const hourMs = 3_600_000;

export interface RecordedDays {
  readonly predictions: number;
  readonly labels: number;
  readonly predictionsS: number;
  readonly labelsS: number;
  /** Of the first and the last tenth of the days: whether what is there makes what comes slower. */
  readonly firstS: number;
  readonly lastS: number;
}

interface Terms {
  readonly stores: Stores;
  readonly served: ServedModel;
  readonly servingUrl: string;
  readonly spool: string;
  readonly days: number;
  /** Beginning of the first day, ms since 1970. */
  readonly fromMs: number;
}

/** Whole days of predictions, and then the truth of every second row of each. Error: what kept one from the database. */
export async function recordDays(terms: Terms): Promise<RecordedDays> {
  await makeDays(terms);
  const feeder = new RecordFeeder(terms.spool, terms.servingUrl);
  const rows = answeredRows(terms.served);
  const [predictionsS, labelsS]: [number[], number[]] = [[], []];
  try {
    for (let day = 0; day < terms.days; day += 1) {
      const ids: string[] = [];
      predictionsS.push(
        await seconds(async () => {
          await feeder.answers(answersOf(terms.fromMs + day * dayMs, rows, ids));
          await feeder.drained();
        }),
      );
      const told = ids.filter((_, at) => at % 2 === 0);
      labelsS.push(
        await seconds(async () => {
          await feeder.feedback(truthOf(terms.fromMs + (day + 1) * dayMs, rows, told));
          await feeder.drained();
        }),
      );
    }
    const { delivered, duplicates, feedback } = feeder.counts();
    const [predictions, labels] = [terms.days * rowsOfDay, (terms.days * rowsOfDay) / 2];
    if (delivered !== predictions || duplicates > 0 || feedback.stored !== labels)
      throw new Error(
        `${delivered} predictions and ${feedback.stored} labels came, and not ${predictions} and ${labels}`,
      );
    const tenth = Math.max(1, Math.floor(terms.days / 10));
    return {
      ...{ predictions, labels, predictionsS: sum(predictionsS), labelsS: sum(labelsS) },
      firstS: sum(predictionsS.slice(0, tenth)) / tenth,
      lastS: sum(predictionsS.slice(-tenth)) / tenth,
    };
  } finally {
    await feeder.close();
  }
}

/** Room is made for days that rows came for, as the platform does for what comes late: one row and one truth of each. */
async function makeDays({ stores, served, servingUrl, days, fromMs }: Terms): Promise<void> {
  const sink = createPredictionSink(connect(servingUrl, { poolSize: 1, application: 'bench' }));
  const ofDays = Array.from({ length: days }, (_, day) => {
    const at = new Date(fromMs + day * dayMs).toISOString();
    return { at, id: idAt(Date.parse(at)) };
  });
  const facts = { row: 0, eventAt: null, served: served.id, unit: null, requestId: null, forFeedback: true };
  await sink.store(
    [served],
    ofDays.map((of) => ({ ...of, ...facts, inputs: '{}', outputs: '{}' })),
  );
  await sink.storeFeedback(
    ofDays.map(({ id, at }) => ({
      ...{ predictionId: id, row: 0, source: 'room', truth: '0', reward: null, eventAt: at, receivedAt: at },
    })),
  );
  await sink.close();
  await stores.predictionDays.make(0);
}

/** One that no recorder makes: its random part is nought. */
function idAt(ms: number): string {
  const hex = ms.toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`;
}

type Rows = ReturnType<typeof answeredRows>;

/** Spread evenly over the day. Their ids are put into `ids`. */
function* answersOf(fromMs: number, rows: Rows, ids: string[]): Generator<TimedAnswer> {
  for (let at = 0; at < rowsOfDay; at += 1) {
    const ms = fromMs + Math.floor((at * dayMs) / rowsOfDay);
    const row = rows[at % rows.length];
    if (row === undefined) return;
    const id = newPredictionId(ms);
    ids.push(id);
    yield { id, answered: { ...row.answered, eventAt: new Date(ms).toISOString() } };
  }
}

function* truthOf(dayEndMs: number, rows: Rows, ids: readonly string[]): Generator<FeedbackRow[]> {
  const eventAt = new Date(dayEndMs + hourMs).toISOString();
  const receivedAt = new Date(dayEndMs + 2 * hourMs).toISOString();
  for (let from = 0; from < ids.length; from += toldAtOnce) {
    yield ids.slice(from, from + toldAtOnce).map((predictionId, at) => ({
      ...{ predictionId, row: 0, source: 'airline', reward: null, eventAt, receivedAt },
      truth: String(rows[((from + at) * 2) % rows.length]?.label ?? 0),
    }));
  }
}

async function seconds(work: () => Promise<void>): Promise<number> {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1000;
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
