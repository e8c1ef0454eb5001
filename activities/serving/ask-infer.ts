import { messageOf, RatchetError } from '../../domain/errors/ratchet-error.js';
import type { EndpointAddresses } from '../../domain/ports/deployment-target.js';
import { verificationUnit } from '../../domain/predictions/verification-unit.js';
import { cleanReason } from '../../inference/clean-reason.js';
import type { TensorValue } from '../../inference/codec/tensors.js';

export interface InferQuestion {
  readonly at: Pick<EndpointAddresses, 'http'>;
  readonly model: string;
  readonly version: number;
  readonly inputs: readonly TensorValue[];
  /** Outputs that are wanted. */
  readonly outputs: readonly Pick<TensorValue, 'name' | 'type'>[];
}

/** An output as it came: numbers as bytes in their datatype, strings as they are. */
export interface AnsweredTensor {
  readonly name: string;
  readonly datatype: string;
  readonly shape: readonly number[];
  readonly content: Buffer | readonly unknown[];
}

interface AnswerHead {
  readonly model_version?: string;
  readonly outputs?: readonly {
    readonly name: string;
    readonly datatype: string;
    readonly shape: readonly number[];
    readonly data?: readonly unknown[];
    readonly parameters?: { readonly binary_data_size?: number };
  }[];
}

const headerLength = 'inference-header-content-length';
const deadlineMs = 60_000;

/** Name of a type in the Open Inference Protocol. */
export function datatypeOf(type: string): string {
  return type === 'string' ? 'BYTES' : type.toUpperCase().replace('FLOAT', 'FP');
}

/**
 * One request of the Open Inference Protocol, named as what it is in the record, with numbers as they lie in memory, so that nothing is rounded on the way.
 * Errors: `PART_UNAVAILABLE` where nobody answers or it is too busy, `ANSWERS_DIFFER` where the answer is a refusal, or is
 * one of another version.
 */
export async function askInfer(
  asked: InferQuestion,
  signal: AbortSignal,
): Promise<readonly AnsweredTensor[]> {
  const url = `${asked.at.http}/v2/models/${encodeURIComponent(asked.model)}/versions/${asked.version}/infer`;
  const { head, body } = bodyOf(asked);
  const response = await send(url, {
    head,
    body,
    signal: AbortSignal.any([signal, AbortSignal.timeout(deadlineMs)]),
  });
  const bytes = Buffer.from(await response.arrayBuffer());
  if (!response.ok) {
    const code = response.status === 503 || response.status === 504 ? 'PART_UNAVAILABLE' : 'ANSWERS_DIFFER';
    throw new RatchetError(code, `${url} answered ${response.status}: ${cleanReason(bytes.toString())}`);
  }
  const length = Number(response.headers.get(headerLength) ?? bytes.length);
  const answer = headOf(url, bytes.subarray(0, length).toString());
  if (answer.model_version !== String(asked.version)) {
    throw new RatchetError(
      'ANSWERS_DIFFER',
      `${url} answered with version ${answer.model_version ?? '(none)'} of the model, released is ${asked.version}`,
    );
  }
  return tensorsOf(answer, bytes.subarray(length));
}

function headOf(url: string, text: string): AnswerHead {
  try {
    return JSON.parse(text) as AnswerHead;
  } catch (cause) {
    const words = `${url} gave no answer of the protocol: ${cleanReason(text)}`;
    throw new RatchetError('ANSWERS_DIFFER', words, {}, { cause });
  }
}

function bodyOf({ inputs, outputs }: InferQuestion): { readonly head: Buffer; readonly body: Buffer } {
  const raw: Buffer[] = [];
  const described = inputs.map(({ name, type, dims, data }) => {
    const tensor = { name, datatype: datatypeOf(type), shape: dims };
    if (Array.isArray(data)) return { ...tensor, data };
    raw.push(Buffer.from(data.buffer, data.byteOffset, data.byteLength));
    return { ...tensor, parameters: { binary_data_size: data.byteLength } };
  });
  const wanted = outputs.map(({ name, type }) => ({ name, parameters: { binary_data: type !== 'string' } }));
  const parameters = { unit_id: verificationUnit };
  const head = Buffer.from(JSON.stringify({ parameters, inputs: described, outputs: wanted }));
  return { head, body: Buffer.concat([head, ...raw]) };
}

async function send(
  url: string,
  { head, body, signal }: { readonly head: Buffer; readonly body: Buffer; readonly signal: AbortSignal },
): Promise<Response> {
  const headers = { 'content-type': 'application/octet-stream', [headerLength]: String(head.length) };
  try {
    return await fetch(url, { method: 'POST', headers, body, signal });
  } catch (cause) {
    throw new RatchetError('PART_UNAVAILABLE', `${url} does not answer: ${messageOf(cause)}`, {}, { cause });
  }
}

function tensorsOf({ outputs = [] }: AnswerHead, raw: Buffer): readonly AnsweredTensor[] {
  let from = 0;
  return outputs.map(({ name, datatype, shape, data, parameters }) => {
    const size = parameters?.binary_data_size;
    if (size === undefined) return { name, datatype, shape, content: data ?? [] };
    const content = raw.subarray(from, from + size);
    from += size;
    return { name, datatype, shape, content };
  });
}
