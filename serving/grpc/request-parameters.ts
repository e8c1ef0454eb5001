import { RatchetError } from '../../domain/errors/ratchet-error.js';
import { readEventTime } from '../event-time.js';
import { shown } from '../tensors/refuse.js';
import type { ParameterMessage, Parameters } from './messages/infer.js';
import { bigintOf } from './wire-long.js';

/** Longest time that a timer holds. */
const longestMs = 2 ** 31 - 1;
const lowestPriority = 2n ** 32n;

/** What the reserved parameters of a request ask for; every other is accepted and changes nothing. */
export interface ReadParameters {
  readonly timeoutMs?: number;
  /** 1 is answered first. */
  readonly priority?: number;
  readonly unitId?: string;
  readonly eventAt?: string;
  /** Whether the last message of an answer is to say that it is the last. */
  readonly marksFinal: boolean;
}

/**
 * @throws RatchetError `REQUEST_INVALID`, naming the parameter, where one has no value, a reserved one no whole number, or the
 * request is one of a sequence.
 */
export function readParameters(parameters: Parameters): ReadParameters {
  requireValues(parameters);
  requireNoSequence(parameters);
  const priority = wholeNumber(parameters, 'priority');
  const timeoutUs = wholeNumber(parameters, 'timeout');
  if (priority > lowestPriority)
    throw refuse('priority', `is ${priority}, allowed are 0 to ${lowestPriority}`);
  return {
    // 0 asks for what the server does without the parameter.
    ...(priority > 0n ? { priority: Number(priority) } : {}),
    ...(timeoutUs > 0n ? { timeoutMs: Math.min(Number(timeoutUs) / 1000, longestMs) } : {}),
    ...unitOf(parameters),
    ...eventOf(parameters),
    marksFinal: parameters['triton_enable_empty_final_response']?.bool_param === true,
  };
}

/** A unit is known by its id for long, in a column of a table. */
const mostUnitCharacters = 200;

function unitOf({ unit_id: parameter }: Parameters): Pick<ReadParameters, 'unitId'> {
  if (parameter === undefined) return {};
  const unitId = parameter.string_param ?? String(wholeOf(parameter) ?? '');
  if (unitId.length > 0 && unitId.length <= mostUnitCharacters) return { unitId };
  throw refuse(
    'unit_id',
    `is no id, allowed are texts of 1 to ${mostUnitCharacters} characters and whole numbers`,
  );
}

function eventOf({ event_at: parameter }: Parameters): Pick<ReadParameters, 'eventAt'> {
  if (parameter === undefined) return {};
  return { eventAt: readEventTime(parameter.string_param, 'the parameter "event_at"') };
}

/** Parameters of an input or output. @throws RatchetError `REQUEST_INVALID`, naming what has no value or is not offered. */
export function checkTensorParameters(parameters: Parameters): void {
  requireValues(parameters);
  const asked = Object.keys(parameters).find((name) => notOffered.has(name));
  if (asked !== undefined)
    throw refuse(asked, `asks for ${notOffered.get(asked)}, which this server does not have`);
}

/** To leave these out without a word would give another answer than the one that is asked for. */
const notOffered = new Map([
  ['classification', 'the classes of an output'],
  ['shared_memory_region', 'shared memory'],
]);

function requireValues(parameters: Parameters): void {
  for (const [name, { parameter_choice: choice }] of Object.entries(parameters)) {
    if (choice === undefined) throw refuse(name, 'has no value, allowed are numbers, texts and booleans');
  }
}

function requireNoSequence({ sequence_id: sequence }: Parameters): void {
  if (sequence === undefined || sequence.string_param === '' || wholeOf(sequence) === 0n) return;
  throw refuse('sequence_id', 'asks for a sequence of requests, which this server does not have');
}

function wholeNumber(parameters: Parameters, name: string): bigint {
  const parameter = parameters[name];
  if (parameter === undefined) return 0n;
  const value = wholeOf(parameter);
  if (value === undefined || value < 0n) {
    throw refuse(name, `is ${value ?? `a ${parameter.parameter_choice}`}, allowed are whole numbers from 0`);
  }
  return value;
}

function wholeOf({ int64_param: signed, uint64_param: unsigned }: ParameterMessage): bigint | undefined {
  const long = signed ?? unsigned;
  return long === undefined ? undefined : bigintOf(long);
}

function refuse(name: string, is: string): RatchetError {
  return new RatchetError('REQUEST_INVALID', `the parameter "${shown(name)}" ${is}`);
}
