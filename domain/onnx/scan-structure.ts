import type { Finding } from '../verdict.js';
import { broken } from './checks/broken.js';
import { checkFunctions } from './checks/functions.js';
import { checkNames } from './checks/names.js';
import { checkOperators } from './checks/operators.js';
import { checkOpsets } from './checks/opsets.js';
import { scopesOf } from './checks/scopes.js';
import { checkTensors } from './checks/tensors.js';
import { checkValues } from './checks/values.js';
import { findingsTold } from './limits.js';
import type { OnnxModel } from './model-proto.js';
import { readModel } from './read-model.js';
import { StructureError } from './structure-error.js';

/** What a sound model file is made of. */
export interface StructureSummary {
  readonly bytes: number;
  readonly irVersion: number;
  /** Version by domain. */
  readonly opsets: Readonly<Record<string, number>>;
  /** Nodes of all graphs and functions. */
  readonly nodes: number;
  readonly initializers: number;
  readonly functions: number;
  /** Graphs within graphs. */
  readonly depth: number;
  /** How often each operator stands there, by `domain.name`. */
  readonly operators: Readonly<Record<string, number>>;
}

export type StructureVerdict =
  | { readonly ok: true; readonly summary: StructureSummary }
  | { readonly ok: false; readonly findings: readonly Finding[] };

const checks = [checkOpsets, checkFunctions, checkOperators, checkTensors, checkNames, checkValues];

/**
 * Judges a model file by its structure alone, before anything runs it: standard operators of known versions, tensors
 * that are what they say and lie in the file, bounded size and depth. Never throws; at most 20 findings are told.
 */
export function scanStructure(bytes: Uint8Array): StructureVerdict {
  try {
    const model = readModel(bytes);
    const findings = firstFindings(model);
    return findings.length === 0 ? { ok: true, summary: summarize(model) } : { ok: false, findings };
  } catch (error) {
    if (!(error instanceof StructureError)) throw error;
    return { ok: false, findings: [broken(error.rule, error.message)] };
  }
}

function firstFindings(model: OnnxModel): readonly Finding[] {
  const findings: Finding[] = [];
  for (const check of checks) {
    for (const finding of check(model)) {
      findings.push(finding);
      if (findings.length === findingsTold) return findings;
    }
  }
  return findings;
}

function summarize(model: OnnxModel): StructureSummary {
  const scopes = [...scopesOf(model)];
  const operators: Record<string, number> = {};
  for (const { domain, operator } of scopes.flatMap((s) => s.nodes)) {
    const key = `${domain}.${operator}`;
    operators[key] = (operators[key] ?? 0) + 1;
  }
  return {
    bytes: model.bytes,
    irVersion: model.irVersion,
    opsets: Object.fromEntries(model.imports.map((i) => [i.domain, i.version])),
    nodes: scopes.reduce((sum, s) => sum + s.nodes.length, 0),
    initializers: scopes.reduce((sum, s) => sum + (s.graph?.initializers.length ?? 0), 0),
    functions: model.functions.length,
    depth: scopes.reduce((most, s) => Math.max(most, s.depth), 0),
    operators,
  };
}
