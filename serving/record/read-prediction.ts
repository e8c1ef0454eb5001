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
  const outputs = Array.from({ length: from.uint16() }, () => {
    const of = served.interface.outputs[from.uint16()];
    if (of === undefined) throw new Error('it has an output that its model has not');
    return readTensor(from, of);
  });
  return { id, served, rows, unitId, requestId, inputs, outputs };
}

function readTensor(from: Reader, { name, type }: InterfaceTensor): TensorValue {
  const dims = Array.from({ length: from.uint8() }, () => from.uint32());
  return tensorOfRaw(name, type, dims, from.raw(from.uint32()));
}

class Reader {
  private readonly bytes: Buffer;
  private at = 0;

  constructor(bytes: Buffer) {
    this.bytes = bytes;
  }

  uint8(): number {
    return this.raw(1).readUInt8(0);
  }

  uint16(): number {
    return this.raw(2).readUInt16LE(0);
  }

  uint32(): number {
    return this.raw(4).readUInt32LE(0);
  }

  ascii(length: number): string {
    return this.raw(length).toString('latin1');
  }

  text(): string | undefined {
    const length = this.uint16();
    return length === noText ? undefined : this.raw(length).toString('utf8');
  }

  raw(length: number): Buffer {
    const end = this.at + length;
    if (end > this.bytes.length) throw new Error('it is shorter than it says');
    const part = this.bytes.subarray(this.at, end);
    this.at = end;
    return part;
  }
}
