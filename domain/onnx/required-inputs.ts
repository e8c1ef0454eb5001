import type { OnnxGraph, OnnxValue } from './model-proto.js';

/** Inputs that a caller has to give: those without an initializer as their default. */
export function requiredInputs(graph: OnnxGraph): readonly OnnxValue[] {
  const given = new Set(graph.initializers.map((t) => t.name));
  return graph.inputs.filter((v) => !given.has(v.name));
}
