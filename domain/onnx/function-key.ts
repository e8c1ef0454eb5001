import type { OnnxFunction, OnnxNode } from './model-proto.js';

/** What a node calls: the same for a function and the nodes that call it. */
export function functionKey(of: OnnxFunction | OnnxNode): string {
  const name = 'operator' in of ? of.operator : of.name;
  return JSON.stringify([of.domain, name, of.overload]);
}
