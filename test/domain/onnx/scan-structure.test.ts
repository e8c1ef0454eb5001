import { expect, test } from 'vitest';
import { scanStructure } from '../../../domain/onnx/scan-structure.js';
import { type FixtureName, fixtureBytes } from './fixtures.js';
import {
  endlessLoop,
  externalData,
  functionBomb,
  hugeAllocation,
  nestedIf,
  recursiveFunction,
  sequenceOutput,
  withTensor,
} from './hostile-models.js';
import { graph, graphAttribute, model, modelFunction, node, STRING, tensor, value } from './onnx-writer.js';
import { blob, concat, int, message, text } from './proto-writer.js';

/** Rules that a file breaks, in order and once each. */
function rulesOf(bytes: Uint8Array): readonly string[] {
  const verdict = scanStructure(bytes);
  return verdict.ok ? [] : [...new Set(verdict.findings.map((f) => f.rule))];
}

function textOf(bytes: Uint8Array): string {
  const verdict = scanStructure(bytes);
  return verdict.ok ? '' : verdict.findings.map((f) => f.text).join('\n');
}

test('a small sound model passes and is summarized', () => {
  const bytes = model();
  expect(scanStructure(bytes)).toEqual({
    ok: true,
    summary: {
      bytes: bytes.length,
      irVersion: 8,
      opsets: { 'ai.onnx': 17 },
      nodes: 1,
      initializers: 0,
      functions: 0,
      depth: 0,
      operators: { 'ai.onnx.Identity': 1 },
    },
  });
});

const exported: readonly FixtureName[] = [
  'logistic',
  'boosting',
  'boosting-wrong',
  'regression',
  'isolation-forest',
  'kmeans',
];
test.each(exported)('the export of scikit-learn "%s" passes', (name) => {
  expect(rulesOf(fixtureBytes(name))).toEqual([]);
});

test('a ZipMap output is refused with the option that mends it', () => {
  const bytes = fixtureBytes('logistic-zipmap');
  expect(rulesOf(bytes)).toEqual(['operator', 'value-type']);
  expect(textOf(bytes)).toContain('zipmap');
  expect(textOf(bytes)).toContain('output "output_probability" is a sequence, allowed are tensors');
});

test('graphs may be nested eight deep and no deeper', () => {
  expect(scanStructure(nestedIf(8))).toMatchObject({ ok: true, summary: { depth: 8 } });
  expect(rulesOf(nestedIf(9))).toEqual(['graph-depth']);
  expect(rulesOf(nestedIf(20))).toEqual(['graph-depth']);
});

test('an operator inside a branch is checked like any other', () => {
  const branch = graph({
    nodes: [node('Conv', ['x'], ['z'], { domain: 'com.evil' })],
    inputs: [],
    outputs: [value('z')],
  });
  const attributes = [graphAttribute('then_branch', branch), graphAttribute('else_branch', branch)];
  const bytes = model({ graph: graph({ nodes: [node('If', ['x'], ['y'], { attributes })] }) });
  expect(textOf(bytes)).toContain('node "z" (Conv) in node "y" (If)');
});

const oneNode = (operator: string, domain = '') =>
  graph({ nodes: [node(operator, ['x'], ['y'], { domain })] });
const tensorCase = (parts: Parameters<typeof tensor>[0]) => withTensor(tensor(parts));
const own = [
  ['', 17],
  ['own', 1],
] as const;
const hostile: readonly (readonly [what: string, rule: string, bytes: () => Uint8Array])[] = [
  ['a Conv of the domain com.evil', 'operator', () => model({ graph: oneNode('Conv', 'com.evil') })],
  [
    'an import of com.microsoft',
    'opset-domain',
    () =>
      model({
        imports: [
          ['', 17],
          ['com.microsoft', 1],
        ],
      }),
  ],
  ['an operator nobody knows', 'operator', () => model({ graph: oneNode('Explode') })],
  ['an operator of a later version', 'operator', () => model({ graph: oneNode('Gelu') })],
  ['an operator that is gone', 'operator', () => model({ graph: oneNode('Upsample') })],
  [
    'an operator of a domain not imported',
    'operator',
    () => model({ graph: oneNode('Scaler', 'ai.onnx.ml') }),
  ],
  ['an operator that answers by chance', 'operator', () => model({ graph: oneNode('RandomNormalLike') })],
  ['an endless loop', 'operator', endlessLoop],
  ['an opset to come', 'opset-version', () => model({ imports: [['', 99]] })],
  ['opset 0', 'opset-version', () => model({ imports: [['', 0]] })],
  [
    'two versions of one domain',
    'opset-version',
    () =>
      model({
        imports: [
          ['', 17],
          ['ai.onnx', 13],
        ],
      }),
  ],
  ['no opset at all', 'opset-missing', () => model({ imports: [] })],
  ['format version 2', 'ir-version', () => model({ ir: 2 })],
  ['format version 99', 'ir-version', () => model({ ir: 99 })],
  ['training steps', 'training-info', () => model({ more: [message(20, text(1, 'x'))] })],
  ['data outside, upwards', 'external-data', () => externalData('../../etc/passwd')],
  ['data outside, absolute', 'external-data', () => externalData('/etc/passwd')],
  ['data outside, with backslashes', 'external-data', () => externalData('..\\..\\secret')],
  ['data outside, marked only', 'external-data', () => tensorCase({ dims: [1], more: [int(14, 1)] })],
  ['dims that overflow 64 bits', 'tensor-size', () => tensorCase({ dims: [2n ** 62n, 2n ** 62n, 4] })],
  ['dims that overflow to zero', 'tensor-size', () => tensorCase({ dims: [2n ** 32n, 2n ** 32n] })],
  ['a negative dim', 'tensor-size', () => tensorCase({ dims: [-1], raw: new Uint8Array(4) })],
  ['more dims than there may be', 'tensor-size', () => tensorCase({ dims: Array(17).fill(1) })],
  ['fewer raw bytes than dims', 'tensor-data', () => tensorCase({ dims: [3], raw: new Uint8Array(8) })],
  ['more raw bytes than dims', 'tensor-data', () => tensorCase({ dims: [1], raw: new Uint8Array(8) })],
  ['raw strings', 'tensor-data', () => tensorCase({ type: STRING, dims: [1], raw: new Uint8Array(4) })],
  ['dims without data', 'tensor-data', () => tensorCase({ dims: [4] })],
  ['values of another type', 'tensor-data', () => tensorCase({ dims: [1], more: [int(7, 5)] })],
  ['an element type nobody knows', 'tensor-type', () => tensorCase({ type: 77, dims: [0] })],
  ['a sequence as output', 'value-type', sequenceOutput],
  ['no inputs', 'no-inputs', () => model({ graph: graph({ inputs: [] }) })],
  ['no outputs', 'no-outputs', () => model({ graph: graph({ outputs: [] }) })],
  [
    'a value made twice',
    'duplicate-name',
    () => model({ graph: graph({ nodes: [node('Abs', ['x'], ['y']), node('Neg', ['x'], ['y'])] }) }),
  ],
  [
    'an output over an input',
    'duplicate-name',
    () => model({ graph: graph({ nodes: [node('Abs', ['x'], ['x'])] }) }),
  ],
  [
    'two inputs of one name',
    'duplicate-name',
    () => model({ graph: graph({ inputs: [value('x'), value('x')] }) }),
  ],
  ['functions that call each other', 'function-recursion', recursiveFunction],
  ['a function bomb, shallow', 'nodes-count', () => wideBomb(8, 5)],
  ['a function bomb, deep', 'function-depth', () => functionBomb(60)],
  [
    'a function that poses as Relu',
    'function-domain',
    () =>
      model({ graph: oneNode('Relu'), functions: [modelFunction('', 'Relu', [node('Loop', ['a'], ['b'])])] }),
  ],
  [
    'a custom operator inside a function',
    'operator',
    () =>
      model({
        graph: oneNode('f', 'own'),
        imports: own,
        functions: [modelFunction('own', 'f', [node('Evil', ['a'], ['b'], { domain: 'com.evil' })])],
      }),
  ],
  ['a graph that comes twice', 'wire', () => concat(model(), blob(7, oneNode('Abs')))],
  ['no graph', 'graph-missing', () => int(1, 8)],
  ['nothing', 'graph-missing', () => new Uint8Array(0)],
];

/** `levels` of functions, each calling the next one `calls` times. */
function wideBomb(levels: number, calls: number): Uint8Array {
  const functions = Array.from({ length: levels }, (_, i) => {
    const [called, where] = i + 1 < levels ? [`f${i + 1}`, { domain: 'own' }] : ['Identity', {}];
    const nodes = Array.from({ length: calls }, (_c, c) =>
      node(called, [c === 0 ? 'a' : `m${c}`], [c + 1 === calls ? 'b' : `m${c + 1}`], where),
    );
    return modelFunction('own', `f${i}`, nodes, own);
  });
  return model({ graph: oneNode('f0', 'own'), imports: own, functions });
}

test.each(hostile)('%s is refused by the rule %s', (_what, rule, build) => {
  expect(rulesOf(build())).toContain(rule);
});

test('a function of the model itself may use standard operators', () => {
  const functions = [modelFunction('own', 'twice', [node('Add', ['a', 'a'], ['b'])])];
  const bytes = model({ graph: oneNode('twice', 'own'), imports: own, functions });
  expect(scanStructure(bytes)).toMatchObject({ ok: true, summary: { functions: 1, nodes: 2 } });
});

test('a model that allocates much is sound in structure: its limits are those of the process that runs it', () => {
  expect(rulesOf(hugeAllocation(2n ** 36n))).toEqual([]);
});

const one = (field: number) => blob(field, new Uint8Array(0));
const swarms: readonly (readonly [string, number, Uint8Array])[] = [
  ['nodes', 100_001, one(1)],
  ['tensors', 100_001, one(5)],
  ['values', 100_001, one(11)],
  ['names', 400_001, one(2)],
];
test.each(swarms)('more %s than allowed are refused while they are read', (kind, count, field) => {
  const many = new Uint8Array(count * field.length).map((_, i) => field[i % field.length] ?? 0);
  const inside = kind === 'names' ? blob(1, many) : many;
  expect(rulesOf(concat(int(1, 8), blob(7, inside)))).toEqual([`${kind}-count`]);
});

test.each([
  ['imports', 8],
  ['functions', 25],
])('more %s than allowed are refused while they are read', (kind, field) => {
  expect(rulesOf(concat(...Array<Uint8Array>(1001).fill(one(field))))).toEqual([`${kind}-count`]);
});

test('at most twenty findings are told', () => {
  const nodes = Array.from({ length: 50 }, (_, i) => node('Explode', ['x'], [`y${i}`]));
  const verdict = scanStructure(model({ graph: graph({ nodes }) }));
  expect(verdict.ok ? 0 : verdict.findings.length).toBe(20);
});

test('names from the file are told without control characters and cut', () => {
  const evil = `\u001b[2J${'a'.repeat(3000)}`;
  const told = textOf(model({ graph: oneNode(evil) }));
  expect(told).not.toContain('\u001b');
  expect(told.length).toBeLessThan(500);
});
