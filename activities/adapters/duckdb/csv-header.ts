import { open } from 'node:fs/promises';

const headerBytes = 64 * 1024;

/**
 * Column names of a CSV file, from its first record: commas, double quotes, UTF-8 with or without a byte order mark.
 * Empty for an empty file; undefined where the record does not end within 64 KiB.
 */
export async function readCsvHeader(path: string): Promise<string[] | undefined> {
  const file = await open(path);
  try {
    const buffer = Buffer.alloc(headerBytes);
    const { bytesRead } = await file.read(buffer, 0, headerBytes, 0);
    const text = buffer.toString('utf8', 0, bytesRead).replace(/^\uFEFF/, '');
    return text === '' ? [] : firstRecord(text, bytesRead < headerBytes);
  } finally {
    await file.close();
  }
}

function firstRecord(text: string, whole: boolean): string[] | undefined {
  const fields: string[] = [];
  const field = /(?:"((?:[^"]|"")*)"|([^,"\r\n]*))(,|\r\n|\n|\r|$)/y;
  while (field.lastIndex <= text.length) {
    const match = field.exec(text);
    if (match === null) return undefined;
    fields.push(match[1] === undefined ? (match[2] ?? '') : match[1].replaceAll('""', '"'));
    if (match[3] === ',') continue;
    return match[3] === '' && !whole ? undefined : fields;
  }
  return undefined;
}
