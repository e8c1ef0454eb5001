import { randomUUID } from 'node:crypto';
import { RatchetError } from '../../domain/errors/ratchet-error.js';
import { type Answer, answerJsonText, type Call, withPredictionId } from '../http/call.js';
import { errorAnswer } from '../http/error-answer.js';
import { recordedAs, rowOf } from '../http/predict/answer-lines.js';
import type { Line } from '../http/predict/line-splitter.js';
import { defaultTarget, isStream } from '../http/predict/predict.js';
import { readPredictBody } from '../http/predict/predict-body.js';
import { streamPredictions } from '../http/predict/stream-predictions.js';
import { parseJsonBytes } from '../http/read-json.js';
import { type AnsweredRow, answerRows } from './answer-rows.js';
import { answerText } from './answer-text.js';
import type { OneOutcome } from './each-alone.js';
import type { OpenApplication } from './open-application.js';
import { rowsOfBody } from './rows-of-body.js';

/** `POST /predict` of an endpoint with serving code: rows of its API, in any form that the stock application takes. */
export function predictWith(application: OpenApplication): (call: Call) => Promise<Answer> {
  return async (call) => {
    const target = defaultTarget(call);
    call.plane.find(target.model, null);
    if (isStream(call))
      return await streamPredictions(call, (lines) => answerLines(application, call, lines));
    const { rows, id } = readPredictBody(parseJsonBytes(await call.body()));
    const asked = { ...target, requestId: id ?? undefined };
    const { outcomes, model, version } = await answerRows(application, call.plane, asked, rowsOfBody(rows));
    const answers = outcomes.map(requireAnswer);
    const texts = answers.map(({ answer }) => answerText(answer));
    const recorded = idsOf(answers);
    const facts = JSON.stringify({
      ...{ model_name: model, model_version: version, id: id ?? randomUUID() },
      ...recorded,
    });
    const answer = answerJsonText(`{"predictions":[${texts.join(',')}],${facts.slice(1)}`);
    return withPredictionId(answer, recorded.prediction_id);
  };
}

/** A request is answered whole or not at all; a stream row by row. */
function requireAnswer(outcome: OneOutcome<AnsweredRow>, row: number): AnsweredRow {
  if ('value' in outcome) return outcome.value;
  const { code, message } = outcome.error;
  throw new RatchetError(code, `row ${row}: ${message}`, { row });
}

/** Rows of one request are rows of one prediction, unless the model had to be asked about each alone. */
function idsOf(answers: readonly AnsweredRow[]): {
  readonly prediction_id?: string;
  readonly prediction_ids?: readonly string[];
} {
  const recorded = answers.flatMap((answer) => answer.recorded ?? []);
  const [first] = recorded;
  if (first === undefined) return {};
  const isShared = recorded.every(({ predictionId }) => predictionId === first.predictionId);
  if (isShared) return { prediction_id: first.predictionId };
  return { prediction_ids: recorded.map(({ predictionId }) => predictionId) };
}

async function answerLines(
  application: OpenApplication,
  call: Call,
  lines: readonly Line[],
): Promise<readonly string[]> {
  const parsed = lines.map(parse);
  const rows = parsed.flatMap((one) => ('value' in one ? [one.value] : []));
  const { outcomes, version } = await answered(application, call, rows);
  const tail = `,"model_version":${JSON.stringify(version)}`;
  const next = outcomes[Symbol.iterator]();
  return parsed.map((one) => {
    const outcome = 'value' in one ? (next.next().value as OneOutcome<AnsweredRow>) : one;
    if ('value' in outcome) {
      const { answer, recorded } = outcome.value;
      return `{"prediction":${answerText(answer)}${tail}${recordedAs(recorded?.predictionId, recorded?.row ?? 0)}}\n`;
    }
    return `${JSON.stringify({ error: messageOf(outcome.error) })}\n`;
  });
}

/** What is against all rows of a stream is told on each of their lines. */
async function answered(application: OpenApplication, call: Call, rows: readonly unknown[]) {
  try {
    return await answerRows(application, call.plane, defaultTarget(call), rows);
  } catch (error) {
    if (!(error instanceof RatchetError)) throw error;
    return { outcomes: rows.map(() => ({ error })), version: '' };
  }
}

function parse(line: Line): OneOutcome<unknown> {
  try {
    return { value: rowOf(line) };
  } catch (error) {
    if (error instanceof RatchetError) return { error };
    throw error;
  }
}

function messageOf(error: RatchetError): string {
  const told = errorAnswer(error);
  if (told === null) throw error;
  return told.message;
}
