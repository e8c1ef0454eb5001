import { type Document, isScalar, type Node, type Scalar, visit, type YAMLMap } from 'yaml';
import type { YamlProblem } from './yaml-problems.js';

/** What YAML allows and our files do not: anchors and aliases (a small file can unfold to a huge one), tags, odd or double keys. */
export function foreignParts(document: Document.Parsed): YamlProblem[] {
  const problems: YamlProblem[] = [];
  visit(document, {
    Alias: (_, node) => {
      problems.push({ offset: offsetOf(node), came: 'an alias (*)', allowed: 'the value itself' });
    },
    Map: (_, map) => {
      problems.push(...propertyProblems(map), ...keyProblems(map));
    },
    Seq: (_, node) => {
      problems.push(...propertyProblems(node));
    },
    Scalar: (_, node) => {
      problems.push(...propertyProblems(node), ...textProblems(node));
    },
  });
  return problems.sort((a, b) => a.offset - b.offset);
}

function propertyProblems(node: Node & { readonly anchor?: string }): YamlProblem[] {
  const offset = offsetOf(node);
  const anchor =
    node.anchor === undefined
      ? []
      : [{ offset, came: 'a value with an anchor (&)', allowed: 'a plain value' }];
  const tag =
    node.tag === undefined ? [] : [{ offset, came: 'a value with a tag (!)', allowed: 'a plain value' }];
  return [...anchor, ...tag];
}

/** What no database keeps as text, however it is written: `"\0"` is such a character too. */
const noText = /\0|\p{Surrogate}/u;

function textProblems(node: Scalar): YamlProblem[] {
  if (typeof node.value !== 'string' || !noText.test(node.value)) return [];
  const came = 'a text with a character that is none (NUL, or half of a pair)';
  return [{ offset: offsetOf(node), came, allowed: 'characters of Unicode' }];
}

function keyProblems(map: YAMLMap): YamlProblem[] {
  const seen = new Set<string>();
  return map.items.flatMap(({ key }): YamlProblem[] => {
    const offset = offsetOf(key);
    if (!isScalar(key) || typeof key.value !== 'string') {
      return [
        { offset, came: 'a key that is not a text', allowed: 'a text, in quotes if it reads as a number' },
      ];
    }
    // Setting this key on an object changes its prototype instead of adding a value.
    if (key.value === '__proto__')
      return [{ offset, came: 'the key "__proto__"', allowed: 'any other name' }];
    if (seen.has(key.value)) {
      return [
        { offset, came: `a second key ${JSON.stringify(key.value.slice(0, 80))}`, allowed: 'each key once' },
      ];
    }
    seen.add(key.value);
    return [];
  });
}

function offsetOf(node: unknown): number {
  const range = typeof node === 'object' && node !== null && 'range' in node ? node.range : undefined;
  return Array.isArray(range) && typeof range[0] === 'number' ? range[0] : 0;
}
