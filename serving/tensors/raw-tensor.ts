import { isUtf8 } from 'node:buffer';
import type { TensorType } from '../../domain/onnx/model-interface.js';
import { allocate, elementBytes, elementCount, type TensorValue } from '../../inference/codec/tensors.js';
import { refuseTensor } from './refuse.js';

/** Of the length before a string. */
const lengthBytes = 4;

/**
 * The elements row by row, little-endian, a string as its length in bytes (uint32) and UTF-8. Numbers are not copied: the
 * bytes are those of the tensor.
 */
export function rawBytesOf({ data }: TensorValue): Buffer {
  if (!Array.isArray(data)) return Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  const sizes = data.map((text) => Buffer.byteLength(text));
  const bytes = Buffer.allocUnsafe(sizes.reduce((sum, size) => sum + lengthBytes + size, 0));
  let at = 0;
  for (const [i, text] of data.entries()) {
    at = bytes.writeUInt32LE(sizes[i] ?? 0, at);
    at += bytes.write(text, at);
  }
  return bytes;
}

/**
 * The way back. The tensor has memory of its own, so that it may be handed to another thread.
 * @throws RatchetError `REQUEST_INVALID`, naming the tensor, where the bytes are too few or too many for its dimensions, a
 * BOOL is neither 0 nor 1, or a string is not UTF-8.
 */
export function tensorOfRaw(
  name: string,
  type: TensorType,
  dims: readonly number[],
  bytes: Uint8Array,
): TensorValue {
  if (type === 'string') return { name, type, dims, data: stringsOf(name, elementCount(dims), bytes) };
  const elements = elementCount(dims);
  const asked = elements * elementBytes(type);
  if (bytes.byteLength !== asked) {
    throw refuseTensor(
      name,
      `has ${bytes.byteLength} bytes, its shape [${dims.join(', ')}] asks for ${asked}`,
    );
  }
  const data = allocate(type, elements) as Exclude<TensorValue['data'], string[]>;
  new Uint8Array(data.buffer).set(bytes);
  if (type === 'bool') requireBooleans(name, bytes);
  return { name, type, dims, data };
}

function requireBooleans(name: string, bytes: Uint8Array): void {
  const wrong = bytes.find((byte) => byte > 1);
  if (wrong !== undefined) throw refuseTensor(name, `has the byte ${wrong} as BOOL, allowed are 0 and 1`);
}

function stringsOf(name: string, elements: number, from: Uint8Array): string[] {
  const bytes = Buffer.from(from.buffer, from.byteOffset, from.byteLength);
  const strings: string[] = [];
  let at = 0;
  while (strings.length < elements) {
    const start = at + lengthBytes;
    const end = start <= bytes.length ? start + bytes.readUInt32LE(at) : Number.POSITIVE_INFINITY;
    if (end > bytes.length) {
      throw refuseTensor(
        name,
        `has bytes for ${strings.length} whole elements, its shape asks for ${elements}`,
      );
    }
    strings.push(textOf(name, bytes.subarray(start, end)));
    at = end;
  }
  if (at < bytes.length) throw refuseTensor(name, `has ${bytes.length - at} bytes behind its last element`);
  return strings;
}

/** One BYTES element as text. @throws RatchetError `REQUEST_INVALID` where it is not UTF-8, naming the tensor. */
export function textOf(name: string, bytes: Buffer): string {
  if (!isUtf8(bytes)) throw refuseTensor(name, 'has an element that is not UTF-8');
  return bytes.toString('utf8');
}
