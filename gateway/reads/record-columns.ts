import { z } from 'zod';
import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { InterfaceTensor } from '../../domain/onnx/model-interface.js';
import type { LeftOut, RecordedModel } from '../../domain/ports/recorded-predictions.js';
import type { GatewayDeps } from '../deps.js';

/** How a program may hold the values of a column; `json` is whatever it is, as text. */
export type ColumnKind = 'number' | 'integer' | 'text' | 'boolean' | 'json';

export interface RecordColumn {
  readonly name: string;
  readonly kind: ColumnKind;
}

/** Columns of several versions: one that they have of different kinds is told as JSON. */
export function columnsOf(
  models: readonly RecordedModel[],
  side: 'inputs' | 'outputs',
): readonly RecordColumn[] {
  const kinds = new Map<string, ColumnKind>();
  for (const tensor of models.flatMap(({ interface: of }) => of[side])) {
    const [before, kind] = [kinds.get(tensor.name), kindOf(tensor)];
    kinds.set(tensor.name, before === undefined || before === kind ? kind : 'json');
  }
  return [...kinds].map(([name, kind]) => ({ name, kind }));
}

function kindOf(tensor: InterfaceTensor): ColumnKind {
  if (isWide(tensor)) return 'json';
  if (tensor.type.startsWith('float')) return 'number';
  if (tensor.type === 'string') return 'text';
  if (tensor.type === 'bool') return 'boolean';
  // Beyond what a signed column of 64 bits holds.
  return tensor.type === 'uint64' ? 'json' : 'integer';
}

/** More than one value a row. */
const isWide = ({ shape }: InterfaceTensor): boolean => shape.slice(1).some((size) => size !== 1);

const cardSchema = z.object({
  card: z.object({ purpose: z.object({ sensitiveColumns: z.array(z.string()) }) }),
});

/**
 * What of a version's rows is sensitive, as its card says. Where nobody can say, or a sensitive column lies in a tensor
 * with others, it is all inputs.
 */
export async function sensitiveOf(
  { registry, blobs }: Pick<GatewayDeps, 'registry' | 'blobs'>,
  { project, model, version, interface: of }: RecordedModel,
): Promise<LeftOut> {
  const unknown = { names: [], allInputs: true };
  if (project === null) return unknown;
  try {
    const record = await registry.get(project, model, version);
    const parsed = cardSchema.safeParse(await blobs.getJson(record.card));
    if (!parsed.success) return unknown;
    const names = parsed.data.card.purpose.sensitiveColumns;
    const isHidden = names.some((name) => !of.inputs.some((tensor) => tensor.name === name));
    return { names, allInputs: isHidden && of.inputs.some(isWide) };
  } catch (error) {
    if (error instanceof RatchetError && error.code === 'MODEL_NOT_FOUND') return unknown;
    throw error;
  }
}
