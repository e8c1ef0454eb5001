import { createHmac } from 'node:crypto';
import type { InterfaceTensor, OnnxInterface } from '../../domain/onnx/model-interface.js';
import { halfValue } from '../../inference/codec/half.js';
import type { TensorValue } from '../../inference/codec/tensors.js';

export interface VeilRules {
  readonly mask: readonly string[];
  readonly drop: readonly string[];
  /** Places of one wide input, by name. */
  readonly columns: readonly string[];
  /** Of digests; demanded where anything is masked. */
  readonly key: string;
}

/** Takes out of inputs what must not be kept, before anything is written. */
export interface Veil {
  /** Of what is kept. */
  readonly interface: OnnxInterface;
  inputs(inputs: readonly TensorValue[]): readonly TensorValue[];
}

type Treat = (tensor: TensorValue) => TensorValue | null;

interface Treated {
  readonly kept: InterfaceTensor | null;
  readonly treat: Treat;
}

/** Null where the model reads nothing that is hidden: its inputs are kept as they come. */
export function createVeil(shape: OnnxInterface, rules: VeilRules): Veil | null {
  const hidden = new Set([...rules.mask, ...rules.drop]);
  const isWide = shape.inputs.length === 1 && shape.inputs.every(({ name }) => !rules.columns.includes(name));
  const isTouched = isWide
    ? rules.columns.some((name) => hidden.has(name))
    : shape.inputs.some(({ name }) => hidden.has(name));
  if (!isTouched) return null;
  const treated = new Map(
    shape.inputs.map((of) => [of.name, isWide ? wide(of, rules, hidden) : narrow(of, rules)] as const),
  );
  const kept = [...treated.values()].flatMap(({ kept: tensor }) => tensor ?? []);
  return {
    interface: { ...shape, inputs: kept },
    inputs: (inputs) => inputs.flatMap((tensor) => treated.get(tensor.name)?.treat(tensor) ?? []),
  };
}

function narrow(of: InterfaceTensor, { mask, drop, key }: VeilRules): Treated {
  if (drop.includes(of.name)) return { kept: null, treat: () => null };
  if (!mask.includes(of.name)) return { kept: of, treat: (tensor) => tensor };
  const digest = digestOf(key, of.name);
  return {
    kept: { ...of, type: 'string' },
    treat: ({ name, type, dims, data }) => ({
      ...{ name, type: 'string', dims },
      data: Array.from(data as ArrayLike<number | bigint | string>, (value) =>
        digest(type === 'float16' ? halfValue(Number(value)) : value),
      ),
    }),
  };
}

/** Hidden places of a wide input have no value: NaN among fractions, a digest or nothing among texts. Whole numbers have no such value, and go altogether. */
function wide(of: InterfaceTensor, rules: VeilRules, hidden: ReadonlySet<string>): Treated {
  const width = rules.columns.length;
  const places = rules.columns.flatMap((name, place) => (hidden.has(name) ? [{ name, place }] : []));
  if (of.type === 'string')
    return { kept: of, treat: (tensor) => veiledTexts(tensor, { width, places, rules }) };
  if (of.type !== 'float32' && of.type !== 'float64') return { kept: null, treat: () => null };
  return {
    kept: of,
    treat: (tensor) => {
      const data = (tensor.data as Float32Array | Float64Array).slice();
      for (const { place } of places)
        for (let at = place; at < data.length; at += width) data[at] = Number.NaN;
      return { ...tensor, data };
    },
  };
}

interface Places {
  readonly width: number;
  readonly places: readonly { readonly name: string; readonly place: number }[];
  readonly rules: VeilRules;
}

function veiledTexts(tensor: TensorValue, { width, places, rules }: Places): TensorValue {
  const data = [...(tensor.data as string[])];
  for (const { name, place } of places) {
    const digest = rules.mask.includes(name) ? digestOf(rules.key, name) : () => '';
    for (let at = place; at < data.length; at += width) data[at] = digest(data[at] ?? '');
  }
  return { ...tensor, data };
}

const digestLength = 32;

/** Of one column: the same value has the same digest there, and another in another column. */
function digestOf(key: string, column: string): (value: number | bigint | string) => string {
  return (value) => {
    const hash = createHmac('sha256', key).update(`${column}\0${value}`).digest('hex');
    return `masked:${hash.slice(0, digestLength)}`;
  };
}
