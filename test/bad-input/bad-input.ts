import type { ErrorCode } from '../../domain/errors/catalogue.js';
import type { Edits } from '../workers/tiny-repository.js';

/** A change to a sound project, and how the run that meets it must end. */
export interface BadInput {
  /** What is wrong, after "a run with". */
  readonly title: string;
  readonly edits: Edits;
  readonly variant?: string;
  readonly status: 'failed' | 'refused';
  readonly code: ErrorCode;
  /** The step that ends it; null where none began. */
  readonly step: 'prepare' | 'collect' | 'build' | 'train' | 'evaluate' | null;
  /** What the reason must say: what was wrong, what came, what is allowed. */
  readonly says: readonly (string | RegExp)[];
  /** Files of the run that stay in staging until a resume or the sweep. Default: none. */
  readonly staged?: readonly string[];
  /** The rows are sound, and became a dataset version before the run ended. */
  readonly dataset?: 'made';
}

/** Files of test/fixtures/tiny-model. */
export const files = {
  project: 'ratchet.project.yaml',
  model: 'models/tiny/ratchet.yaml',
  examples: 'models/tiny/examples.sql',
  table: 'tables/points.yaml',
  data: 'data/points.csv',
  trainer: 'training/train.py',
  onnx: 'training/model.onnx',
} as const;

/** Replaces one text of a file by another. */
export function swap(from: string, to: string): (text: string) => string {
  return (text) => {
    if (!text.includes(from)) throw new Error(`there is no ${JSON.stringify(from)} to replace`);
    return text.replace(from, () => to);
  };
}

/** Adds a key to the `training` of the model, or to its `dataset`. */
export const withTraining = (line: string) => ({
  [files.model]: swap('  algorithm: copied\n', `  algorithm: copied\n  ${line}\n`),
});
export const withDataset = (line: string) => ({
  [files.model]: swap('  label: label\n', `  label: label\n  ${line}\n`),
});

/** A training program: its folders, then these lines. */
export function trainer(...lines: readonly string[]): string {
  return [
    'import os, pathlib, shutil, sys, time',
    'source = pathlib.Path(os.environ["RATCHET_INPUT"])',
    'target = pathlib.Path(os.environ["RATCHET_OUTPUT"])',
    ...lines,
    '',
  ].join('\n');
}
export const copyModel = 'shutil.copy("model.onnx", target / "model.onnx")';
