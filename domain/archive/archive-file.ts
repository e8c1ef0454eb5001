/** A regular file of an archive. Its name is relative, with forward slashes. */
export interface ArchiveFile {
  readonly name: string;
  readonly content: Uint8Array;
}

export const blockBytes = 512;
export const mostNameBytes = 100;
export const mostPathBytes = 1024;
export const regularFile = '0';
/** A header of POSIX that holds a long name of the file after it. */
export const extendedHeader = 'x';

/** Whether a name leads to a place below the folder that an archive is unpacked in, and says it in one way only. */
export function isPlainName(name: string): boolean {
  const parts = name.split('/');
  return (
    new TextEncoder().encode(name).length <= mostPathBytes &&
    !/[\\\p{Cc}]/u.test(name) &&
    parts.every((part) => part !== '' && part !== '.' && part !== '..')
  );
}
