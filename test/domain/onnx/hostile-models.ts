import {
  BOOL,
  FLOAT,
  graph,
  graphAttribute,
  int64Tensor,
  model,
  modelFunction,
  node,
  tensor,
  tensorAttribute,
  value,
} from './onnx-writer.js';
import { type Bytes, concat, int, message, text } from './proto-writer.js';

/** `If` nodes, each in a branch of the one before. */
export function nestedIf(depth: number): Bytes {
  const flag = tensor({ type: BOOL, raw: Uint8Array.of(1) });
  const level = (left: number): Bytes => {
    const inner = left === 0 ? [node('Identity', ['x'], [`y${left}`])] : ifNodes(left);
    return graph({ nodes: inner, inputs: [], outputs: [value(`y${left}`)] });
  };
  const ifNodes = (left: number): Bytes[] => {
    const branches = ['then_branch', 'else_branch'];
    // Only the first branch is deep, so that the file grows with the depth and not with its power.
    const attributes = branches.map((name, i) => graphAttribute(name, i === 0 ? level(left - 1) : level(0)));
    return [
      node('Constant', [], [`c${left}`], { attributes: [tensorAttribute('value', flag)] }),
      node('If', [`c${left}`], [`y${left}`], { attributes }),
    ];
  };
  const nodes = depth === 0 ? [] : ifNodes(depth);
  return model({ graph: graph({ nodes, outputs: [value(`y${depth}`)] }) });
}

/** A loop without a trip count whose condition stays true. */
export function endlessLoop(): Bytes {
  const body = graph({
    nodes: [node('Identity', ['go'], ['still']), node('Identity', ['v'], ['w'])],
    inputs: [value('i', 7, []), value('go', BOOL, []), value('v')],
    outputs: [value('still', BOOL, []), value('w')],
  });
  const yes = tensor({ name: 'yes', type: BOOL, raw: Uint8Array.of(1) });
  return model({
    graph: graph({
      nodes: [node('Loop', ['', 'yes', 'x'], ['y'], { attributes: [graphAttribute('body', body)] })],
      initializers: [yes],
    }),
  });
}

/** Asks for a tensor of `elements` numbers when it runs. */
export function hugeAllocation(elements: bigint): Bytes {
  return model({
    graph: graph({
      nodes: [
        node('ConstantOfShape', ['size'], ['big']),
        node('ReduceSum', ['big'], ['sum']),
        node('Add', ['x', 'sum'], ['y']),
      ],
      initializers: [int64Tensor('size', [elements])],
    }),
  });
}

export function externalData(location: string): Bytes {
  const entry = message(13, text(1, 'location'), text(2, location));
  const weights = tensor({ name: 'w', dims: [1, 1], more: [entry, int(14, 1)] });
  return model({ graph: graph({ nodes: [node('Add', ['x', 'w'], ['y'])], initializers: [weights] }) });
}

/** Each function calls the next one twice: `levels` of them are 2^levels nodes once written out. */
export function functionBomb(levels: number): Bytes {
  const own = { domain: 'own' };
  const imports = [
    ['', 17],
    ['own', 1],
  ] as const;
  const functions = Array.from({ length: levels }, (_, i) => {
    const called = i + 1 < levels ? `f${i + 1}` : 'Identity';
    const where = i + 1 < levels ? own : {};
    return modelFunction(
      'own',
      `f${i}`,
      [node(called, ['a'], ['m'], where), node(called, ['m'], ['b'], where)],
      imports,
    );
  });
  return model({ graph: graph({ nodes: [node('f0', ['x'], ['y'], own)] }), imports, functions });
}

export function recursiveFunction(): Bytes {
  const own = { domain: 'own' };
  const imports = [
    ['', 17],
    ['own', 1],
  ] as const;
  const functions = [
    modelFunction('own', 'f', [node('g', ['a'], ['b'], own)], imports),
    modelFunction('own', 'g', [node('f', ['a'], ['b'], own)], imports),
  ];
  return model({ graph: graph({ nodes: [node('f', ['x'], ['y'], own)] }), imports, functions });
}

/** A model with one initializer. */
export function withTensor(bytes: Uint8Array): Bytes {
  return model({ graph: graph({ nodes: [node('Identity', ['x'], ['y'])], initializers: [bytes] }) });
}

/** A graph whose output is a sequence of tensors. */
export function sequenceOutput(): Bytes {
  const element = message(1, message(1, int(1, FLOAT)));
  const output = concat(text(1, 'y'), message(2, message(4, element)));
  return model({
    graph: graph({ nodes: [node('SequenceConstruct', ['x'], ['y'])], outputs: [output] }),
  });
}
