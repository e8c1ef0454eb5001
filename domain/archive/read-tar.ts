import { RatchetError } from '../errors/ratchet-error.js';
import {
  type ArchiveFile,
  blockBytes,
  extendedHeader,
  isPlainName,
  mostNameBytes,
  mostPathBytes,
  regularFile,
} from './archive-file.js';

const decoder = new TextDecoder('utf-8', { fatal: true });

/**
 * The files of an archive that `writeTar` wrote. Anything else that tar can hold is refused: links, folders, devices,
 * names that leave the folder or stand twice, also where only their case differs.
 * Error: `APPLICATION_INVALID`.
 */
export function readTar(bytes: Uint8Array): readonly ArchiveFile[] {
  const files: ArchiveFile[] = [];
  const seen = new Set<string>();
  let [at, longName] = [0, null as string | null];
  for (let block = blockAt(bytes, at); !isZero(block); block = blockAt(bytes, at)) {
    const { name, type, length } = readHeader(block);
    const content = bytes.subarray(at + blockBytes, at + blockBytes + length);
    if (content.length < length) throw refuse('breaks off');
    at += blockBytes * (1 + Math.ceil(length / blockBytes));
    if (type === extendedHeader && longName === null) {
      longName = readLongName(content);
      continue;
    }
    if (type !== regularFile) throw refuse('holds something that is no regular file');
    const file = { name: longName ?? name, content };
    longName = null;
    requireNew(file.name, seen);
    files.push(file);
  }
  return files;
}

function requireNew(name: string, seen: Set<string>): void {
  if (!isPlainName(name)) throw refuse('holds a name that is not a plain path');
  const key = name.normalize('NFC').toLowerCase();
  if (seen.has(key)) throw refuse('holds a name twice');
  seen.add(key);
}

function blockAt(bytes: Uint8Array, at: number): Uint8Array {
  const block = bytes.subarray(at, at + blockBytes);
  if (block.length < blockBytes) throw refuse('has no end');
  return block;
}

function readHeader(block: Uint8Array) {
  const told = octal(block.subarray(148, 156));
  const sum = block.reduce((total, byte, i) => total + (i >= 148 && i < 156 ? 32 : byte), 0);
  if (told !== sum) throw refuse('has a header with a wrong sum');
  return {
    name: text(block.subarray(0, mostNameBytes)),
    type: String.fromCharCode(block[156] ?? 0),
    length: octal(block.subarray(124, 136)),
  };
}

function readLongName(content: Uint8Array): string {
  if (content.length > 2 * mostPathBytes) throw refuse('has a name that is too long');
  const found = /^\d+ path=([^\n]*)\n$/.exec(text(content))?.[1];
  if (found === undefined) throw refuse('has an extended header that is no name');
  return found;
}

function octal(field: Uint8Array): number {
  const digits = text(field).trim();
  if (!/^[0-7]{1,11}$/.test(digits)) throw refuse('has a header that is no number');
  return Number.parseInt(digits, 8);
}

function text(field: Uint8Array): string {
  const end = field.indexOf(0);
  try {
    return decoder.decode(end === -1 ? field : field.subarray(0, end));
  } catch {
    throw refuse('has a name that is not UTF-8');
  }
}

const isZero = (block: Uint8Array) => block.every((byte) => byte === 0);
const refuse = (why: string) =>
  new RatchetError('APPLICATION_INVALID', `the bundle of an application ${why}`);
