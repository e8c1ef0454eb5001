import { elementTypes } from '../../domain/onnx/element-types.js';
import type { TensorType } from '../../domain/onnx/model-interface.js';
import { graph, INT64, int64Tensor, model, node, tensor, value } from '../domain/onnx/onnx-writer.js';
import { concat, int, text } from '../domain/onnx/proto-writer.js';

const intAttribute = (name: string, n: number) => concat(text(1, name), int(3, n), int(20, 2));

/** `y = x + more`, of any number of rows, one column. */
export function addsTo(more: number): Uint8Array {
  const raw = new Uint8Array(Float32Array.of(more).buffer);
  const weights = tensor({ name: 'w', dims: [1, 1], raw });
  return model({ graph: graph({ nodes: [node('Add', ['x', 'w'], ['y'])], initializers: [weights] }) });
}

/** The same, with a node of which is not known that it always is as much work: never run but in a thread. */
export function addsInThread(more: number): Uint8Array {
  const raw = new Uint8Array(Float32Array.of(more).buffer);
  const weights = tensor({ name: 'w', dims: [1, 1], raw });
  const nodes = [node('Size', ['x'], ['size']), node('Add', ['x', 'w'], ['y'])];
  return model({ graph: graph({ nodes, initializers: [weights] }) });
}

/** `y` is the place `x` of a table of three; a place that is not there is an error of the whole run. */
export function looksUp(table: readonly [number, number, number]): Uint8Array {
  return model({
    graph: graph({
      nodes: [node('Gather', ['table', 'x'], ['y'])],
      initializers: [int64Tensor('table', table.map(BigInt))],
      inputs: [value('x', INT64)],
      outputs: [value('y', INT64)],
    }),
  });
}

/** `y = x`, after products of square matrices as wide as the largest `x`: 1,000 is a good part of a second. */
export function takesItsTime(): Uint8Array {
  const products = Array.from({ length: 8 }, (_, i) =>
    node('MatMul', [i === 0 ? 'm' : `p${i}`, 'm'], [`p${i + 1}`]),
  );
  return model({
    graph: graph({
      nodes: [
        node('ReduceMax', ['x'], ['most'], { attributes: [intAttribute('keepdims', 0)] }),
        node('Cast', ['most'], ['width'], { attributes: [intAttribute('to', INT64)] }),
        node('Add', ['width', 'one'], ['square']),
        node('ConstantOfShape', ['square'], ['m']),
        ...products,
        node('ReduceMax', ['p8'], ['zero'], { attributes: [intAttribute('keepdims', 0)] }),
        node('Add', ['x', 'zero'], ['y']),
      ],
      initializers: [int64Tensor('one', [1n, 1n])],
    }),
  });
}

/** `y` is `x` less its mean over all rows: what a row gets depends on its mates. */
export function leansOnMates(): Uint8Array {
  return model({
    graph: graph({
      nodes: [node('ReduceMean', ['x'], ['mean']), node('Sub', ['x', 'mean'], ['y'])],
    }),
  });
}

/** Two inputs of free width: `y = x + z`. */
export function addsTwo(): Uint8Array {
  const wide = ['N', 'F'] as const;
  return model({
    graph: graph({
      nodes: [node('Add', ['x', 'z'], ['y']), node('Sub', ['x', 'z'], ['d'])],
      inputs: [value('x', 1, wide), value('z', 1, wide)],
      outputs: [value('y', 1, wide), value('d', 1, wide)],
    }),
  });
}

/** Answers the text that it is given. */
export function echoesText(): Uint8Array {
  const text1 = 8;
  return model({
    graph: graph({
      nodes: [node('Identity', ['x'], ['y'])],
      inputs: [value('x', text1)],
      outputs: [value('y', text1)],
    }),
  });
}

/** `out_<type>` is `<type>`, for each of these. */
export function passes(types: readonly TensorType[]): Uint8Array {
  const numberOf = (type: TensorType) =>
    Number(Object.entries(elementTypes).find(([, { name }]) => name === type)?.[0]);
  const values = (prefix: string) => types.map((type) => value(`${prefix}${type}`, numberOf(type)));
  return model({
    graph: graph({
      nodes: types.map((type) => node('Identity', [type], [`out_${type}`])),
      inputs: values(''),
      outputs: values('out_'),
    }),
  });
}
