import type { InterfaceTensor } from '../../domain/onnx/model-interface.js';
import type { ServedModel } from '../../domain/ports/predictions.js';
import type { TensorValue } from '../../inference/codec/tensors.js';
import { tensorOfRaw } from '../tensors/raw-tensor.js';
import type { Answered } from './answered.js';
import { noText } from './block-buffer.js';

const idLength = 36;

/** The way back of `writePrediction`. Throws where the record is not what that writes. */
export function readPrediction(
  bytes: Buffer,
  models: ReadonlyMap<number, ServedModel>,
): Answered & { readonly id: string } {
  const from = new Reader(bytes);
  const id = from.ascii(idLength);
  const served = models.get(from.uint16());
  if (served === undefined) throw new Error('its model was not told before it');
  const rows = from.uint32();
  const [unitId, requestId] = [from.text(), from.text()];
  const inputs = served.interface.inputs.map((of) => readTensor(from, of));
  const outputs: TensorValue[] = [];
  for (let left = from.uint16(); left > 0; left -= 1) {
    const of = served.interface.outputs[from.uint16()];
    if (of === undefined) throw new Error('it has an output that its model has not');
    outputs.push(readTensor(from, of));
  }
  const eventAt = from.isAtEnd ? undefined : from.text();
  return { id, served, rows, unitId, requestId, eventAt, inputs, outputs };
}

function readTensor(from: Reader, { name, type }: InterfaceTensor): TensorValue {
  const dims: number[] = [];
  for (let left = from.uint8(); left > 0; left -= 1) dims.push(from.uint32());
  return tensorOfRaw(name, type, dims, from.raw(from.uint32()));
}

/** Reads in place: a view of some bytes costs more than most of what is read here. */
class Reader {
  private readonly bytes: Buffer;
  private at = 0;

  constructor(bytes: Buffer) {
    this.bytes = bytes;
  }

  get isAtEnd(): boolean {
    return this.at === this.bytes.length;
  }

  uint8(): number {
    return this.bytes.readUInt8(this.pass(1));
  }

  uint16(): number {
    return this.bytes.readUInt16LE(this.pass(2));
  }

  uint32(): number {
    return this.bytes.readUInt32LE(this.pass(4));
  }

  ascii(length: number): string {
    const start = this.pass(length);
    return this.bytes.toString('latin1', start, this.at);
  }

  text(): string | undefined {
    const length = this.uint16();
    if (length === noText) return undefined;
    const start = this.pass(length);
    return this.bytes.toString('utf8', start, this.at);
  }

  raw(length: number): Buffer {
    const start = this.pass(length);
    return this.bytes.subarray(start, this.at);
  }

  /** Where the next so many bytes begin. */
  private pass(length: number): number {
    const start = this.at;
    if (start + length > this.bytes.length) throw new Error('it is shorter than it says');
    this.at = start + length;
    return start;
  }
}
