import { structureLimits } from './limits.js';
import type { OnnxGraph, OnnxNode, OnnxSparseTensor, OnnxTensor, OnnxValue } from './model-proto.js';
import { normalDomain } from './operators/domains.js';
import { type ReadBudget, spend } from './read-budget.js';
import { many, once, readFields } from './read-fields.js';
import { readSparseTensor, readTensor } from './read-tensor.js';
import { readValue } from './read-value.js';
import { StructureError } from './structure-error.js';
import type { WireReader } from './wire-reader.js';

/** `GraphProto`. `depth` is 0 for the graph of the model and grows with each graph inside a node. */
export function readGraph(reader: WireReader, budget: ReadBudget, depth: number): OnnxGraph {
  if (depth > structureLimits.depth) {
    throw new StructureError('graph-depth', `graphs are nested more than ${structureLimits.depth} deep`);
  }
  const nodes: OnnxNode[] = [];
  const initializers: OnnxTensor[] = [];
  const sparseInitializers: OnnxSparseTensor[] = [];
  const inputs: OnnxValue[] = [];
  const outputs: OnnxValue[] = [];
  readFields(reader, 'GraphProto', {
    1: many((from) => nodes.push(readNode(from.message(), budget, depth))),
    5: many((from) => initializers.push(readTensor(from.message(), budget))),
    11: many((from) => inputs.push(readValue(from.message(), budget))),
    12: many((from) => outputs.push(readValue(from.message(), budget))),
    15: many((from) => sparseInitializers.push(readSparseTensor(from.message(), budget))),
  });
  return { nodes, initializers, sparseInitializers, inputs, outputs };
}

/** `NodeProto`, with what its attributes hold. */
export function readNode(reader: WireReader, budget: ReadBudget, depth: number): OnnxNode {
  spend(budget, 'nodes');
  const outputs: string[] = [];
  const held: Attributes = { tensors: [], sparseTensors: [], subgraphs: [] };
  let name = '';
  let operator = '';
  let domain = '';
  let overload = '';
  readFields(reader, 'NodeProto', {
    2: many((from) => {
      spend(budget, 'names');
      outputs.push(from.text());
    }),
    3: once((from) => {
      name = from.text();
    }),
    4: once((from) => {
      operator = from.text();
    }),
    5: many((from) => readAttribute(from.message(), budget, depth, held)),
    7: once((from) => {
      domain = from.text();
    }),
    8: once((from) => {
      overload = from.text();
    }),
  });
  return { name, operator, domain: normalDomain(domain), overload, outputs, ...held };
}

interface Attributes {
  readonly tensors: OnnxTensor[];
  readonly sparseTensors: OnnxSparseTensor[];
  readonly subgraphs: OnnxGraph[];
}

/** `AttributeProto`: only what can hold structure; the lists of numbers are passed over. */
export function readAttribute(reader: WireReader, budget: ReadBudget, depth: number, held: Attributes): void {
  const tensor = (from: WireReader) => held.tensors.push(readTensor(from.message(), budget));
  const sparse = (from: WireReader) => held.sparseTensors.push(readSparseTensor(from.message(), budget));
  const graph = (from: WireReader) => held.subgraphs.push(readGraph(from.message(), budget, depth + 1));
  readFields(reader, 'AttributeProto', {
    5: once(tensor),
    6: once(graph),
    10: many(tensor),
    11: many(graph),
    22: once(sparse),
    23: many(sparse),
  });
}
