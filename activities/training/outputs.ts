import { randomUUID } from 'node:crypto';
import { dirname, join } from 'node:path';
import type { TrainedConfig } from '../../domain/config/model.js';
import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { TrainedCandidate } from '../../domain/lifecycle/train-model.js';
import type { BlobRef, BlobStore } from '../../domain/ports/blobs.js';
import { collectOutputs } from '../adapters/launcher/outputs.js';
import type { Redactor } from './redactor.js';

const plotsKept = 20;

/**
 * Puts what a training wrote into staging. `to` is a prefix that no other attempt has, so that a late one spoils
 * nothing. Errors: `OUTPUT_MISSING` naming the file, `OUTPUT_INVALID`.
 */
export async function stageOutputs(
  blobs: BlobStore,
  { configuration, redactor }: { readonly configuration: TrainedConfig; readonly redactor: Redactor },
  folders: { readonly from: string; readonly to: string },
  about: Pick<TrainedCandidate, 'tier' | 'attempts'>,
): Promise<TrainedCandidate> {
  const files = new Map((await collectOutputs(folders.from)).map((file) => [file.name, file.path]));
  const stage = async (name: string): Promise<BlobRef | null> => {
    const path = files.get(name);
    if (path === undefined) return null;
    const clean = await withoutSecrets(redactor, name, path, dirname(folders.from));
    return blobs.stageFile(`${folders.to}/${name}`, clean);
  };
  const plots = [...files.keys()]
    .filter((name) => name.startsWith('plots/') && redactor.text(name) === name)
    .slice(0, plotsKept);
  const [model, predictions, notes] = await Promise.all([
    stage('model.onnx'),
    stage('validation_predictions.parquet'),
    stage('notes.md'),
    ...plots.map(stage),
  ]);
  if (model === null) throw missing('model.onnx', [...files.keys()]);
  if (predictions === null && configuration.evaluation.parity.waive === undefined) {
    throw missing('validation_predictions.parquet', [...files.keys()]);
  }
  return { model, predictions, notes, ...about };
}

/**
 * What is read by programs is whole or is not taken; from the rest a secret is cut out, into a file that the training
 * command cannot have laid a link at.
 */
async function withoutSecrets(
  redactor: Redactor,
  name: string,
  path: string,
  folder: string,
): Promise<string> {
  const isForPrograms = name === 'model.onnx' || name.endsWith('.parquet');
  if (!isForPrograms) return redactor.clean(path, join(folder, randomUUID()));
  if (!(await redactor.isIn(path))) return path;
  const text = `the output ${name} holds a secret that the training was given`;
  throw new RatchetError('OUTPUT_INVALID', text, { name });
}

function missing(name: string, found: readonly string[]): RatchetError {
  const wrote = found.length === 0 ? 'nothing' : found.slice(0, 10).join(', ');
  return new RatchetError(
    'OUTPUT_MISSING',
    `the training command ended well but did not write ${name}; it wrote ${wrote}`,
    { missing: name, found: found.slice(0, 50) },
  );
}
