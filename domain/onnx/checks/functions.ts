import type { Finding } from '../../verdict.js';
import { functionKey } from '../function-key.js';
import { structureLimits } from '../limits.js';
import type { OnnxFunction, OnnxModel, OnnxNode } from '../model-proto.js';
import { standardDomains } from '../operators/domains.js';
import { broken } from './broken.js';

/** What a function amounts to once every call in it is written out. */
interface Expansion {
  readonly nodes: number;
  readonly depth: number;
}

/** Functions of the model's own: no clash with standard domains, no recursion, no explosion when written out. */
export function* checkFunctions(model: OnnxModel): Generator<Finding> {
  const byKey = new Map<string, OnnxFunction>();
  for (const f of model.functions) {
    const key = functionKey(f);
    if (standardDomains.has(f.domain)) {
      yield broken('function-domain', `function ${f.name} claims the standard domain ${f.domain}`);
    }
    if (byKey.has(key)) yield broken('function-duplicate', `function ${f.domain}.${f.name} is there twice`);
    byKey.set(key, f);
  }
  const expander = createExpander(byKey);
  const total = expander(model.graph.nodes);
  if (total === 'recursive') {
    yield broken('function-recursion', 'a function calls itself, by itself or through others');
    return;
  }
  if (total.depth > structureLimits.depth) {
    yield broken('function-depth', `functions call each other ${total.depth} deep`, {
      actual: total.depth,
      limit: structureLimits.depth,
    });
  }
  if (total.nodes > structureLimits.nodes) {
    yield broken('nodes-count', `the model has ${total.nodes} nodes once its functions are written out`, {
      actual: total.nodes,
      limit: structureLimits.nodes,
    });
  }
}

function createExpander(functions: ReadonlyMap<string, OnnxFunction>) {
  const known = new Map<string, Expansion | 'recursive'>();

  function expandFunction(key: string, body: OnnxFunction): Expansion | 'recursive' {
    const before = known.get(key);
    if (before !== undefined) return before;
    known.set(key, 'recursive');
    const inner = expand(body.nodes);
    const result = inner === 'recursive' ? inner : { nodes: inner.nodes, depth: inner.depth + 1 };
    known.set(key, result);
    return result;
  }

  function expandNode(node: OnnxNode): Expansion | 'recursive' {
    const key = functionKey(node);
    const called = functions.get(key);
    const own = called === undefined ? { nodes: 1, depth: 0 } : expandFunction(key, called);
    return add(own, expand(node.subgraphs.flatMap((g) => g.nodes)));
  }

  function expand(nodes: readonly OnnxNode[]): Expansion | 'recursive' {
    return nodes.reduce<Expansion | 'recursive'>((sum, node) => add(sum, expandNode(node)), {
      nodes: 0,
      depth: 0,
    });
  }

  return expand;
}

function add(a: Expansion | 'recursive', b: Expansion | 'recursive'): Expansion | 'recursive' {
  if (a === 'recursive' || b === 'recursive') return 'recursive';
  return { nodes: Math.min(a.nodes + b.nodes, Number.MAX_SAFE_INTEGER), depth: Math.max(a.depth, b.depth) };
}
