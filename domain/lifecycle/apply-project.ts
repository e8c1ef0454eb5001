import type { GovernedDifference } from '../changes/governed-differences.js';
import type { ChangeProjectInput } from './change-project.js';
import type { ReleaseServingInput } from './release-serving.js';

/** Reads ratchet.project.yaml at a ref. */
export interface ApplyProjectInput {
  readonly repo: string;
  readonly ref: string;
  /** Commit of the ref that is meant; absent for its head. */
  readonly commit?: string;
  /** Account that asked for it; absent where a program did. */
  readonly by?: string;
  /** The one project that the token of that account is for; absent where it is for all. */
  readonly onlyProject?: string;
  /** Puts rows back to the commit that they say they are of, whatever the head is; in place of `commit`. */
  readonly putsBack?: PutsBack;
}

export interface PutsBack {
  readonly project: string;
  /** What is not as Git has it, in words. */
  readonly drift: readonly string[];
}

/** A project with rows that somebody changed past Git, as applying it puts them back. */
export interface DriftedProject extends Pick<ApplyProjectInput, 'repo' | 'ref'> {
  readonly putsBack: PutsBack;
}

export interface ApplyProjectResult {
  readonly project: string;
  readonly commit: string;
  readonly models: readonly string[];
  /** What waits for people before it is in force; null where all is. */
  readonly change: PendingChange | null;
}

export interface PendingChange {
  readonly approval: string;
  readonly differences: readonly GovernedDifference[];
}

/** What the story does after the rows are written. */
export interface AppliedProject extends ApplyProjectResult {
  /** The change that people are asked about. */
  readonly asks: ChangeProjectInput | null;
  /** Approvals that look again, as what they are about may be another. */
  readonly wakes: readonly string[];
  /** Releases of endpoints that it declares anew or otherwise; absent where it was applied before there were any. */
  readonly releases?: readonly ReleaseServingInput[];
}
