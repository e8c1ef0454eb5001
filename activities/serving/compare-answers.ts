import { RatchetError } from '../../domain/errors/ratchet-error.js';
import { compareLabels, compareNumbers, type Parity } from '../../domain/lineage/parity.js';
import type { Refusal } from '../../domain/ports/runs.js';
import { allocate, type TensorValue } from '../../inference/codec/tensors.js';
import { type AnsweredTensor, datatypeOf } from './ask-infer.js';

/** Of the numbers of an answer; what is no fraction, such as a label, must be the same. */
const tolerance = 1e-6;

/** In words how far an endpoint's answers are from the platform's own. Error: `ANSWERS_DIFFER`, with a row for each output. */
export function compareAnswers(
  own: ReadonlyMap<string, TensorValue>,
  theirs: readonly AnsweredTensor[],
  rows: number,
): string {
  const compared = [...own.values()].map((output) => compareOutput(output, theirs));
  const refusals = compared.flatMap(({ refusal }) => refusal ?? []);
  const [first] = refusals;
  if (first !== undefined) {
    throw new RatchetError(
      'ANSWERS_DIFFER',
      `the endpoint answers other than the platform does: ${first.what}: ${first.actual}, allowed is ${first.limit}`,
      { refusals },
    );
  }
  const furthest = Math.max(0, ...compared.map(({ maxDifference }) => maxDifference));
  return `${rows} rows answered as by the platform itself, the largest difference is ${furthest.toExponential(1)}`;
}

interface Compared {
  readonly maxDifference: number;
  readonly refusal: Refusal | null;
}

function compareOutput(own: TensorValue, theirs: readonly AnsweredTensor[]): Compared {
  const found = theirs.find(({ name }) => name === own.name);
  const expected = `${datatypeOf(own.type)} [${own.dims.join(', ')}]`;
  const came = found === undefined ? 'not there' : `${found.datatype} [${found.shape.join(', ')}]`;
  if (found === undefined || came !== expected) return refused(own, 'shape', came, expected);
  const values = valuesOf(own, found);
  if (values === undefined) return refused(own, 'shape', 'of another number of bytes', expected);
  const parity = isFraction(own)
    ? compareNumbers(numbers(own.data), numbers(values), { absolute: tolerance, relative: tolerance })
    : compareLabels(labels(own.data), labels(values));
  if (parity.verdict === 'pass') return { maxDifference: parity.maxDifference, refusal: null };
  return refused(own, 'answers', wordsOf(parity), isFraction(own) ? `within ${tolerance}` : 'the same');
}

type Values = TensorValue['data'] | readonly unknown[];

const isFraction = ({ type }: TensorValue) => type === 'float32' || type === 'float64';
const numbers = (values: Values) => Array.from(values as ArrayLike<unknown>, Number);
const labels = (values: Values) => Array.from(values as ArrayLike<string | number | bigint>);

/** Undefined where the bytes are too many or too few. */
function valuesOf({ type, data }: TensorValue, { content }: AnsweredTensor): Values | undefined {
  if (!Buffer.isBuffer(content)) return content as readonly unknown[];
  const values = allocate(type, data.length);
  if (Array.isArray(values) || values.byteLength !== content.length) return undefined;
  new Uint8Array(values.buffer).set(content);
  return values;
}

function wordsOf({ differing, rows, worst: [worst] }: Parity): string {
  if (worst === undefined) return `${rows} values`;
  return `${differing} of ${rows} values differ, value ${worst.row} is ${worst.got ?? 'nothing'} instead of ${worst.expected ?? 'nothing'}`;
}

function refused({ name }: TensorValue, rule: string, actual: string, limit: string): Compared {
  return { maxDifference: 0, refusal: { what: `output ${name}`, rule, actual, limit } };
}
