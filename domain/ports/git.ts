import type { CommitPeople } from '../approvals/author-set.js';
import type { ChangedFile } from '../approvals/code-changes.js';

/**
 * Reads repositories. Addresses are https or ssh, or a local path where the settings allow it. Errors: `GIT_REFUSED`
 * (address, ref or tree not allowed), `GIT_NOT_FOUND`, `GIT_UNREACHABLE`.
 */
export interface Git {
  /**
   * A branch, tag or commit to one full commit id and its time; after this only the id is used. With `requests` also the
   * head of a pull request by its full name, such as `refs/pull/5/head`: code of strangers, which is only looked at.
   */
  resolve(repo: string, ref: string, options?: { readonly requests: boolean }): Promise<Commit>;
  /** Object id of a file or folder at a commit: equal ids mean equal content. Undefined where there is none. */
  treeId(repo: string, commit: string, path: string): Promise<string | undefined>;
  /** Text of one file, at most `maxBytes` (default 1 MiB). Undefined where there is none. */
  readFile(repo: string, commit: string, path: string, maxBytes?: number): Promise<string | undefined>;
  /** Files below a folder, or the file itself, as paths from the root of the repository. Empty where there is none. */
  listFiles(repo: string, commit: string, path: string): Promise<readonly string[]>;
  /**
   * Writes the tree at `path` of the repository to a fresh folder, byte for byte and within the quotas: no `.git`, no
   * submodules, and a symbolic link becomes a file that holds its target.
   */
  checkOut(repo: string, commit: string, path: string, folder: string): Promise<void>;
  /**
   * The commits by which two states differ: those that lead to one of them and not to the other, merges included, in no
   * order. With `from` null all that lead to `to`. With `touching` only those that touch a file of such a name, in any
   * folder, or anything in such a folder. Reads the whole history of the commits. Error: `GIT_REFUSED` for more than 100,000.
   */
  history(repo: string, range: CommitRange): Promise<readonly CommitPeople[]>;
  /**
   * The files that differ between two commits, in the order of their paths: one that was renamed is removed and added.
   * Lines are null for what is not text. Reads the whole history of the commits. Error: `GIT_REFUSED` for more than
   * 100,000, or for what is not counted in time.
   */
  changedFiles(
    repo: string,
    between: { readonly from: string; readonly to: string },
  ): Promise<readonly ChangedFile[]>;
}

export interface CommitRange {
  readonly from: string | null;
  readonly to: string;
  /** Names of files, and folders from the root of the repository. */
  readonly touching?: { readonly files: readonly string[]; readonly folders?: readonly string[] };
}

export interface Commit {
  /** 40 hex digits. */
  readonly id: string;
  readonly author: string;
  readonly committedAt: string;
  readonly subject: string;
}
