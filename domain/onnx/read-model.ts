import { structureLimits } from './limits.js';
import type { OnnxFunction, OnnxGraph, OnnxModel, OnnxNode, OpsetImport } from './model-proto.js';
import { normalDomain } from './operators/domains.js';
import { freshBudget, type ReadBudget, spend } from './read-budget.js';
import { many, once, readFields } from './read-fields.js';
import { readAttribute, readGraph, readNode } from './read-graph.js';
import { StructureError } from './structure-error.js';
import { WireReader } from './wire-reader.js';

/**
 * Reads the structure of an ONNX file (`ModelProto`), within the limits.
 * @throws StructureError where the file is not well formed or too large.
 */
export function readModel(bytes: Uint8Array): OnnxModel {
  if (bytes.length > structureLimits.bytes) {
    throw new StructureError(
      'file-size',
      `the file has ${bytes.length} bytes, at most ${structureLimits.bytes} are allowed`,
    );
  }
  const budget = freshBudget();
  const imports: OpsetImport[] = [];
  const functions: OnnxFunction[] = [];
  const found: { graph?: OnnxGraph } = {};
  let irVersion = 0;
  let hasTraining = false;
  readFields(new WireReader(bytes, budget), 'ModelProto', {
    1: once((from) => {
      irVersion = from.integer();
    }),
    7: once((from) => {
      found.graph = readGraph(from.message(), budget, 0);
    }),
    8: many((from) => imports.push(readImport(from.message(), budget))),
    20: many((from) => {
      hasTraining = true;
      from.skip();
    }),
    25: many((from) => functions.push(readFunction(from.message(), budget))),
  });
  if (found.graph === undefined) throw new StructureError('graph-missing', 'the file has no graph');
  return { bytes: bytes.length, irVersion, imports, graph: found.graph, functions, hasTraining };
}

function readImport(reader: WireReader, budget: ReadBudget): OpsetImport {
  spend(budget, 'imports');
  let domain = '';
  let version = 0;
  readFields(reader, 'OperatorSetIdProto', {
    1: once((from) => {
      domain = from.text();
    }),
    2: once((from) => {
      version = from.integer();
    }),
  });
  return { domain: normalDomain(domain), version };
}

function readFunction(reader: WireReader, budget: ReadBudget): OnnxFunction {
  spend(budget, 'functions');
  const imports: OpsetImport[] = [];
  const nodes: OnnxNode[] = [];
  const defaults = { tensors: [], sparseTensors: [], subgraphs: [] };
  let name = '';
  let domain = '';
  let overload = '';
  readFields(reader, 'FunctionProto', {
    1: once((from) => {
      name = from.text();
    }),
    7: many((from) => nodes.push(readNode(from.message(), budget, 0))),
    9: many((from) => imports.push(readImport(from.message(), budget))),
    10: once((from) => {
      domain = from.text();
    }),
    11: many((from) => readAttribute(from.message(), budget, 0, defaults)),
    13: once((from) => {
      overload = from.text();
    }),
  });
  if (Object.values(defaults).some((held) => held.length > 0)) {
    throw new StructureError(
      'function-default',
      `function ${name} has a tensor or a graph as the default of an attribute`,
    );
  }
  return { domain: normalDomain(domain), name, overload, imports, nodes };
}
