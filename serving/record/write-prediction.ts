import type { TensorValue } from '../../inference/codec/tensors.js';
import { rawBytesOf } from '../tensors/raw-tensor.js';
import type { Answered } from './answered.js';
import type { BlockBuffer } from './block-buffer.js';
import { recordKinds, type SpooledModel } from './record-format.js';

export function writeModel(block: BlockBuffer, told: SpooledModel<Answered['served']>): void {
  block.begin(recordKinds.model);
  block.raw(Buffer.from(JSON.stringify(told)));
  block.end(false);
}

/** Numbers go as the bytes that they are: whoever delivers them makes text of them, when there is time. */
export function writePrediction(
  block: BlockBuffer,
  id: string,
  modelNumber: number,
  { served, rows, inputs, outputs, unitId, requestId, eventAt, forFeedback }: Answered,
): void {
  block.begin(forFeedback ? recordKinds.forFeedback : recordKinds.prediction);
  block.ascii(id);
  block.uint16(modelNumber);
  block.uint32(rows);
  block.text(unitId);
  block.text(requestId);
  for (const tensor of inputs) writeTensor(block, tensor);
  block.uint16(outputs.length);
  for (const tensor of outputs) {
    block.uint16(served.interface.outputs.findIndex(({ name }) => name === tensor.name));
    writeTensor(block, tensor);
  }
  // Last, and only where it was said: records that know nothing of it end here.
  if (eventAt !== undefined) block.text(eventAt);
  block.end(true);
}

function writeTensor(block: BlockBuffer, tensor: TensorValue): void {
  const { dims } = tensor;
  const bytes = rawBytesOf(tensor);
  block.uint8(dims.length);
  for (const size of dims) block.uint32(size);
  block.uint32(bytes.length);
  block.raw(bytes);
}
