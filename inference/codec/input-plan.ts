import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { InterfaceTensor } from '../../domain/onnx/model-interface.js';

/** Which columns fill one input, in order: one column, or all of them side by side. */
export interface PlannedInput {
  readonly tensor: InterfaceTensor;
  readonly columns: readonly string[];
}

/**
 * Fits columns to the inputs of a model: an input per column (shape `[N, 1]` or `[N]`, by name), or one input for all
 * (`[N, F]`, in the given order).
 * @throws RatchetError `MODEL_INTERFACE` where they do not fit, naming the input or the column.
 */
export function planInputs(
  inputs: readonly InterfaceTensor[],
  columns: readonly string[],
): readonly PlannedInput[] {
  for (const input of inputs) requireFreeRows(input);
  const [only] = inputs;
  if (inputs.length === 1 && only !== undefined && isWide(only, columns)) return [planWide(only, columns)];
  const read = new Set(inputs.map((i) => i.name));
  const unread = columns.find((name) => !read.has(name));
  if (unread !== undefined) {
    throw misfit(`the model does not read the column "${unread}", it reads ${[...read].join(', ')}`);
  }
  return inputs.map((input) => planNarrow(input, columns));
}

function isWide(only: InterfaceTensor, columns: readonly string[]): boolean {
  return !columns.includes(only.name) || (only.shape.length === 2 && columns.length > 1);
}

function planWide(tensor: InterfaceTensor, columns: readonly string[]): PlannedInput {
  const width = tensor.shape[1];
  if (tensor.shape.length !== 2 || width === undefined) {
    throw misfit(`input "${tensor.name}" has shape ${shown(tensor)}, allowed for all columns is [N, F]`);
  }
  if (width !== -1 && width !== columns.length) {
    throw misfit(
      `input "${tensor.name}" is ${width} columns wide, there are ${columns.length}: ${columns.join(', ')}`,
    );
  }
  return { tensor, columns };
}

function planNarrow(tensor: InterfaceTensor, columns: readonly string[]): PlannedInput {
  const { name, shape } = tensor;
  if (!columns.includes(name))
    throw misfit(`there is no column for the input "${name}", there are ${columns.join(', ')}`);
  const width = shape[1] ?? 1;
  if (shape.length > 2 || (width !== 1 && width !== -1)) {
    throw misfit(`input "${name}" has shape ${shown(tensor)}, allowed for one column are [N, 1] and [N]`);
  }
  return { tensor, columns: [name] };
}

function requireFreeRows(tensor: InterfaceTensor): void {
  if (tensor.shape[0] === -1) return;
  throw misfit(
    `input "${tensor.name}" has shape ${shown(tensor)}: its first dimension must be free, so that rows can be batched`,
  );
}

function shown({ shape }: InterfaceTensor): string {
  return `[${shape.map((d) => (d === -1 ? 'N' : d)).join(', ')}]`;
}

function misfit(message: string): RatchetError {
  return new RatchetError('MODEL_INTERFACE', message);
}
