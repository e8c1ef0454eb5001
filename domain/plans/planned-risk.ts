import type { ChangedFile } from '../approvals/code-changes.js';
import type { ModelConfig } from '../config/model.js';
import { type ChangeRisk, classifyChange } from '../risk/classify-change.js';
import { fileKind } from '../risk/file-kind.js';
import type { RiskyFile } from '../risk/file-signs.js';

/** What is known of a change before anything is trained by it. */
export interface ChangeBeforeTraining {
  /** Changed files that the model is made of. */
  readonly files: readonly (ChangedFile & Pick<RiskyFile, 'change'>)[];
  /** Folder of the model. */
  readonly folder: string;
  /** Undefined where the model is new, or could not be read then. */
  readonly before: ModelConfig | undefined;
  readonly after: ModelConfig;
  readonly isNew: boolean;
}

/** The risk of a change by its files and configuration. Rows and the trained model are known after training alone. */
export function plannedRisk({ files, folder, before, after, isNew }: ChangeBeforeTraining): ChangeRisk {
  const places = { folder: plainFolder(folder), training: plainFolder(after.training.path) };
  const isCompared = before !== undefined || isNew;
  return classifyChange({
    files: files.map(({ path, change, added, removed }) => ({
      path,
      change,
      kind: fileKind(path, places),
      lines: added === null || removed === null ? null : added + removed,
    })),
    configuration: isCompared ? { before: before ?? null, after } : null,
    dataset: null,
    modelType: null,
  });
}

const plainFolder = (path: string) =>
  path
    .split('/')
    .filter((name) => name !== '' && name !== '.')
    .join('/');
