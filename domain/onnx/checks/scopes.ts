import type { OnnxGraph, OnnxModel, OnnxNode, OpsetImport } from '../model-proto.js';

/** A list of nodes that is read with one set of imports: a graph, a graph inside a node, or a function's body. */
export interface Scope {
  /** For people: `the graph`, `node "x" (If)`, `function a.b`. */
  readonly where: string;
  readonly depth: number;
  readonly imports: readonly OpsetImport[];
  readonly nodes: readonly OnnxNode[];
  /** Absent for the body of a function. */
  readonly graph: OnnxGraph | null;
}

/** Every scope of the model, outermost first. */
export function* scopesOf(model: OnnxModel): Generator<Scope> {
  yield* graphScopes(model.graph, 'the graph', 0, model.imports);
  for (const { domain, name, imports, nodes } of model.functions) {
    yield* nodeScopes({ where: `function ${domain}.${name}`, depth: 0, imports, nodes, graph: null });
  }
}

function* graphScopes(
  graph: OnnxGraph,
  where: string,
  depth: number,
  imports: readonly OpsetImport[],
): Generator<Scope> {
  yield* nodeScopes({ where, depth, imports, nodes: graph.nodes, graph });
}

function* nodeScopes(scope: Scope): Generator<Scope> {
  yield scope;
  for (const node of scope.nodes) {
    for (const graph of node.subgraphs) {
      yield* graphScopes(graph, nameOf(node), scope.depth + 1, scope.imports);
    }
  }
}

export function nameOf(node: OnnxNode): string {
  return `node "${node.name || node.outputs[0] || ''}" (${node.operator})`;
}
