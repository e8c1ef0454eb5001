import { RatchetError } from '../../../domain/errors/ratchet-error.js';
import { readEventTime } from '../../event-time.js';
import type { InferBody, Parameters } from './infer-body.js';

/** What the reserved parameters of a request ask for. Any other parameter changes no answer. */
export interface Asked {
  readonly timeoutMs?: number;
  readonly priority?: number;
  readonly unitId?: string;
  readonly eventAt?: string;
}

const nothing: Asked = {};

/** A unit is known by its id for long, in a column of a table. */
const mostUnitCharacters = 200;

/** Error: `REQUEST_INVALID` where a reserved parameter has a value that is not allowed, or asks for what there is not. */
export function readParameters({ parameters, outputs }: InferBody): Asked {
  for (const output of outputs ?? []) {
    if (output.parameters?.['classification'] !== undefined) throw notThere('classification of an output');
    if (output.parameters?.['shared_memory_region'] !== undefined)
      throw notThere('an output in shared memory');
  }
  if (parameters === undefined) return nothing;
  const sequence = parameters['sequence_id'];
  if (sequence !== undefined && sequence !== 0 && sequence !== '') throw notThere('a sequence of requests');
  const timeoutUs = wholeNumber(parameters, 'timeout');
  const priority = wholeNumber(parameters, 'priority');
  return {
    // As in Triton, 0 is what the server does without being told.
    ...(timeoutUs > 0 ? { timeoutMs: timeoutUs / 1000 } : {}),
    ...(priority > 0 ? { priority } : {}),
    ...unitOf(parameters),
    ...eventOf(parameters),
  };
}

function unitOf({ unit_id: value }: Parameters): Pick<Asked, 'unitId'> {
  if (value === undefined) return {};
  const unitId = String(value);
  if (typeof value !== 'boolean' && unitId.length > 0 && unitId.length <= mostUnitCharacters)
    return { unitId };
  throw new RatchetError(
    'REQUEST_INVALID',
    `parameter "unit_id" is not what is asked for, allowed is a text of 1 to ${mostUnitCharacters} characters or a number`,
  );
}

function eventOf({ event_at: value }: Parameters): Pick<Asked, 'eventAt'> {
  return value === undefined ? {} : { eventAt: readEventTime(value, 'parameter "event_at"') };
}

/** Which outputs are wanted as bytes: what is said of one output wins over what is said of all. */
export function wantsBinary({ parameters, outputs }: InferBody): (output: string) => boolean {
  if (parameters === undefined && outputs === undefined) return none;
  const all = flag(parameters, 'binary_data_output') ?? false;
  const own = new Map(outputs?.map((output) => [output.name, flag(output.parameters, 'binary_data')]));
  return (output) => own.get(output) ?? all;
}

const none = () => false;

function wholeNumber(parameters: Parameters, name: string): number {
  const value = parameters[name];
  if (value === undefined) return 0;
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value;
  throw new RatchetError(
    'REQUEST_INVALID',
    `parameter "${name}" is not what is asked for, allowed is a whole number from 0`,
  );
}

function flag(parameters: Parameters | undefined, name: string): boolean | undefined {
  const value = parameters?.[name];
  if (value === undefined || typeof value === 'boolean') return value;
  throw new RatchetError(
    'REQUEST_INVALID',
    `parameter "${name}" is not what is asked for, allowed is true or false`,
  );
}

const notThere = (what: string) =>
  new RatchetError('REQUEST_INVALID', `${what} is asked for, which this server does not have`);
