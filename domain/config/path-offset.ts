import { isMap, isNode, isScalar, isSeq } from 'yaml';
import type { ConfigPath } from './config-problem.js';

/**
 * Where a path stands in a document, as a character offset. A value that is missing stands where the nearest thing
 * around it does, which is the key of the map it belongs to.
 */
export function pathOffset(contents: unknown, path: ConfigPath, at: 'key' | 'value'): number {
  let node: unknown = contents;
  let keyOffset = startOf(contents);
  for (const [index, step] of path.entries()) {
    const child = childOf(node, step);
    if (child === undefined) return keyOffset ?? 0;
    const last = index === path.length - 1;
    keyOffset = startOf(child.key) ?? startOf(child.value) ?? keyOffset;
    if (last) return (at === 'key' ? keyOffset : startOf(child.value)) ?? keyOffset ?? 0;
    node = child.value;
  }
  return keyOffset ?? 0;
}

function childOf(
  node: unknown,
  step: string | number,
): { readonly key?: unknown; readonly value: unknown } | undefined {
  if (isMap(node)) return node.items.find(({ key }) => isScalar(key) && key.value === String(step));
  if (isSeq(node) && typeof step === 'number' && step < node.items.length) return { value: node.items[step] };
  return undefined;
}

function startOf(node: unknown): number | undefined {
  return isNode(node) ? node.range?.[0] : undefined;
}
