/** What a model file may be at most. Far above any tabular model, far below what harms the reader. */
export const structureLimits = {
  bytes: 256 * 1024 * 1024,
  /** Protobuf fields in the whole file; a forest keeps each number of its trees in one. */
  fields: 50_000_000,
  /** Nodes of all graphs and functions, and again after functions are written out. */
  nodes: 100_000,
  /** Initializers and tensors in attributes. */
  tensors: 100_000,
  /** Inputs and outputs of graphs. */
  values: 100_000,
  /** Outputs of nodes. */
  names: 400_000,
  imports: 1_000,
  functions: 1_000,
  /** Graphs within graphs, and functions calling functions. */
  depth: 8,
  dimensions: 16,
  /** Longest name, in bytes. */
  nameBytes: 4_096,
} as const;

/** Versions of the format that are taken: those of the runtime that answers for the models. */
export const irVersions = { least: 3, most: 13 } as const;

/** A broken file can break every rule at every node: this many findings are told. */
export const findingsTold = 20;
