import type { TriggersConfig } from '../config/triggers.js';

/** A model of a project as the tracked branch has it, for what starts its runs. */
export interface ModelLine {
  readonly project: string;
  readonly model: string;
  readonly path: string;
  readonly commit: string;
  readonly owner: string | null;
  readonly triggers: TriggersConfig;
  /** Folders and files that it is made of: its own folder, training code, tables, features, requirements. */
  readonly parts: readonly string[];
}

export interface ModelLineStore {
  /** Replaces all lines of a project. Error: `PROJECT_NOT_FOUND`. */
  put(project: string, lines: readonly ModelLine[]): Promise<void>;
  /** Error: `MODEL_NOT_FOUND`. */
  get(project: string, model: string): Promise<ModelLine>;
  list(project: string): Promise<readonly ModelLine[]>;
}
