import { Buffer } from 'node:buffer';

/** One entry of a made tar file, with what hostile ones say wrongly. */
export interface MadeEntry {
  readonly name: string;
  readonly content?: string | Buffer;
  /** Default 0 (a file); 5 a folder, 2 a link, 1 a second name. */
  readonly type?: string;
  readonly mode?: number;
  readonly target?: string;
  /** Bytes that the header says, where not those of the content. */
  readonly bytes?: number;
}

/** A tar file of some entries. */
export function makeTar(entries: readonly MadeEntry[], isEnded = true): Buffer {
  const parts = entries.flatMap(({ content = '', ...entry }) => {
    const bytes = Buffer.from(content);
    return [headerOf(entry, bytes.length), padded(bytes)];
  });
  return Buffer.concat(isEnded ? [...parts, Buffer.alloc(1024)] : parts);
}

/** A pax header with some records, which is about the entry after it. */
export function paxEntry(records: Readonly<Record<string, string>>, type = 'x'): MadeEntry {
  const content = Object.entries(records)
    .map(([key, value]) => {
      const rest = Buffer.byteLength(` ${key}=${value}\n`);
      let length = rest + String(rest).length;
      if (rest + String(length).length > length) length += 1;
      return `${length} ${key}=${value}\n`;
    })
    .join('');
  return { name: 'pax', type, content };
}

function headerOf({ name, type = '0', mode = 0o644, target = '', bytes }: MadeEntry, length: number): Buffer {
  const header = Buffer.alloc(512);
  header.write(name, 0, 100, 'utf8');
  header.write(`${mode.toString(8).padStart(7, '0')}\0`, 100, 'latin1');
  header.write('0000000\0', 108, 'latin1');
  header.write('0000000\0', 116, 'latin1');
  header.write(`${(bytes ?? length).toString(8).padStart(11, '0')}\0`, 124, 'latin1');
  header.write('00000000000\0', 136, 'latin1');
  header.write('        ', 148, 'latin1');
  header.write(type, 156, 1, 'latin1');
  header.write(target, 157, 100, 'utf8');
  header.write('ustar\u000000', 257, 'latin1');
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return header;
}

const padded = (bytes: Buffer) => Buffer.concat([bytes, Buffer.alloc((512 - (bytes.length % 512)) % 512)]);
