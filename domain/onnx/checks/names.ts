import type { Finding } from '../../verdict.js';
import type { OnnxModel } from '../model-proto.js';
import { broken } from './broken.js';
import { type Scope, scopesOf } from './scopes.js';

/** In every graph each value is made once. */
export function* checkNames(model: OnnxModel): Generator<Finding> {
  for (const scope of scopesOf(model)) {
    for (const [what, names] of namesOf(scope)) {
      const twice = firstTwice(names);
      if (twice !== null) yield broken('duplicate-name', `${scope.where} has ${what} "${twice}" twice`);
    }
  }
}

function namesOf({ graph, nodes }: Scope): readonly (readonly [string, readonly string[]])[] {
  const made = nodes.flatMap((n) => n.outputs).filter((name) => name !== '');
  if (graph === null) return [['the value', made]];
  const inputs = graph.inputs.map((v) => v.name);
  const constants = [
    ...graph.initializers.map((t) => t.name),
    ...graph.sparseInitializers.map((t) => t.values.name),
  ];
  return [
    ['the input', inputs],
    ['the initializer', constants],
    ['the output', graph.outputs.map((v) => v.name)],
    // An initializer may bear the name of an input, as its default; a node's output may bear neither.
    ['the value', [...made, ...new Set([...inputs, ...constants])]],
  ];
}

function firstTwice(names: readonly string[]): string | null {
  const seen = new Set<string>();
  for (const name of names) {
    if (seen.has(name)) return name;
    seen.add(name);
  }
  return null;
}
