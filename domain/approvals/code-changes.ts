/** A file that differs between two commits. Lines are null where there are none to count. */
export interface ChangedFile {
  readonly path: string;
  readonly added: number | null;
  readonly removed: number | null;
}

/** What of a repository differs between the champion's commit and that of a version. */
export interface CodeChanges {
  /** Commits, 40 hex digits each. */
  readonly from: string;
  readonly to: string;
  /** In the order of their paths, at most `mostShownFiles`. */
  readonly files: readonly ChangedFile[];
  /** Of all files, also those beyond. */
  readonly total: { readonly files: number; readonly added: number; readonly removed: number };
  /** Why it is not known, in words; null where it is. */
  readonly gap: string | null;
}

/** A reviewer who meets more reads them in Git. */
export const mostShownFiles = 200;

/** Changes as they are kept for a reviewer. */
export function codeChanges(
  between: Pick<CodeChanges, 'from' | 'to'>,
  files: readonly ChangedFile[],
): CodeChanges {
  const sum = (lines: (file: ChangedFile) => number | null) =>
    files.reduce((total, file) => total + (lines(file) ?? 0), 0);
  return {
    ...between,
    files: files.slice(0, mostShownFiles),
    total: { files: files.length, added: sum(({ added }) => added), removed: sum(({ removed }) => removed) },
    gap: null,
  };
}

/** Where Git cannot tell. */
export function unknownChanges(between: Pick<CodeChanges, 'from' | 'to'>, gap: string): CodeChanges {
  return { ...between, files: [], total: { files: 0, added: 0, removed: 0 }, gap };
}
