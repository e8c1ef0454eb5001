import type { ChangedFile } from '../../domain/approvals/code-changes.js';
import type { ModelConfig } from '../../domain/config/model.js';
import type { Commit } from '../../domain/ports/git.js';
import type { ModelLine } from '../../domain/ports/model-lines.js';
import type { ProjectRecord } from '../../domain/ports/projects.js';
import type { ReadProject } from '../projects/read-governed.js';
import type { ReadModels } from '../projects/read-models.js';

/** A commit that may be applied, beside what is in force. */
export interface WantedHead {
  readonly known: ProjectRecord;
  readonly commit: Commit;
  /** The head that was handled last; null where all files count as changed. */
  readonly since: string | null;
  readonly changed: readonly ChangedFile[];
  readonly read: ReadProject;
  readonly models: ReadModels;
  readonly linesInForce: readonly ModelLine[];
  /** Files of models as they were then, by name: of those that changed and can be read. */
  readonly filesBefore: ReadonlyMap<string, ModelConfig>;
}
