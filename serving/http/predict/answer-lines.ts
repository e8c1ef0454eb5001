import { RatchetError } from '../../../domain/errors/ratchet-error.js';
import type { DataPlane } from '../../data-plane-port.js';
import { countRefusal, errorAnswer } from '../error-answer.js';
import { parseJsonBytes } from '../read-json.js';
import type { Line } from './line-splitter.js';
import { predictRows, type Target } from './predict-rows.js';

/**
 * A line of answer for each line, in their order. They are asked as one; where that fails for what is in them, each is
 * asked alone, so that a bad row is told on its own line.
 * @throws what is no error of the catalogue.
 */
export async function answerLines(
  plane: DataPlane,
  target: Target,
  lines: readonly Line[],
): Promise<readonly string[]> {
  try {
    const rows = lines.map(rowOf);
    const { texts, version, predictionId } = await predictRows(plane, target, { kind: 'rows', rows });
    const tail = `,"model_version":${JSON.stringify(version)}`;
    return texts.map((text, row) => `{"prediction":${text}${tail}${recordedAs(predictionId, row)}}\n`);
  } catch (error) {
    if (lines.length > 1 && isAboutRows(error)) {
      const answers = await Promise.all(lines.map((line) => answerLines(plane, target, [line])));
      return answers.flat();
    }
    const told = errorAnswer(error);
    if (told === null) throw error;
    countRefusal(plane, target, error);
    const text = `${JSON.stringify({ error: told.message })}\n`;
    return lines.map(() => text);
  }
}

/** Lines that were asked as one are rows of one prediction. */
export function recordedAs(predictionId: string | undefined, row: number): string {
  return predictionId === undefined ? '' : `,"prediction_id":"${predictionId}","row":${row}`;
}

/** Error: `REQUEST_INVALID`. */
export function rowOf(line: Line): unknown {
  if (line === null) throw new RatchetError('REQUEST_INVALID', 'the line is longer than a body may be');
  return parseJsonBytes(line);
}

function isAboutRows(error: unknown): boolean {
  return error instanceof RatchetError && (error.code === 'REQUEST_INVALID' || error.code === 'MODEL_RUN');
}
