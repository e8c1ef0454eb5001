import type { GovernedParts } from '../changes/governed-parts.js';
import type { ProjectConfig } from '../config/project.js';

/** A project as it is in force: its models as they were last read, what is governed as it was let in. */
export interface ProjectRecord {
  readonly name: string;
  readonly repo: string;
  readonly ref: string;
  /** Commit whose members, changes, sources and policies are in force; the models may be of a later one. */
  readonly commit: string;
  readonly config: ProjectConfig;
  readonly updatedAt: string;
}

/** What is put in force together with the row, or not at all. */
export interface GovernedInForce extends Pick<GovernedParts, 'members' | 'policies' | 'organisation'> {
  /** The commit that was in force when this was decided; null for a new project. */
  readonly after: string | null;
  /** The approval that this is by, which counts once; null where nobody is asked. */
  readonly approval: string | null;
}

export interface ProjectStore {
  /**
   * The row, and what goes with it in one transaction: also the policy of the organisation, where this is its project or
   * was until now. Error: `CONFLICT` where the name belongs to another repository, another commit than `after` is in force,
   * another project is the organisation's, or the approval is not one of this change or has put it in force before.
   */
  put(project: Omit<ProjectRecord, 'updatedAt'>, governed?: GovernedInForce): Promise<ProjectRecord>;
  /**
   * The ref, the models and what else needs no consent; the commit in force and all that is governed stay. Errors:
   * `PROJECT_NOT_FOUND`, `CONFLICT` where the name belongs to another repository.
   */
  putModels(project: Omit<ProjectRecord, 'commit' | 'updatedAt'>): Promise<ProjectRecord>;
  /** Whether an approval has put its change in force. */
  hasApplied(approval: string): Promise<boolean>;
  /** Error: `PROJECT_NOT_FOUND`. */
  get(name: string): Promise<ProjectRecord>;
  list(): Promise<readonly ProjectRecord[]>;
  /** The one whose file says that it is the organisation's, as it is in force. */
  organisation(): Promise<ProjectRecord | undefined>;
}
