import { RatchetError } from '../../domain/errors/ratchet-error.js';
import { decodeName } from './tar-header.js';

interface PaxRecords {
  readonly name?: string;
  readonly target?: string;
  readonly bytes?: number;
  readonly hasCapabilities?: boolean;
}

/** Records of a pax header, `<length> <key>=<value>\n` each; keys that change nothing here are left out. Errors: `IMAGE_INVALID`, `IMAGE_HOSTILE`. */
export function readPaxRecords(content: Buffer): PaxRecords {
  let records: PaxRecords = {};
  let at = 0;
  while (at < content.length) {
    const space = content.indexOf(0x20, at);
    const digits = space === -1 ? '' : content.toString('latin1', at, space);
    const length = /^[1-9]\d{0,7}$/.test(digits) ? Number(digits) : 0;
    const end = at + length;
    const equals = content.indexOf(0x3d, space);
    if (length === 0 || end > content.length || equals === -1 || equals >= end || content[end - 1] !== 0x0a)
      throw new RatchetError('IMAGE_INVALID', 'not a tar file that can be read: a pax header is malformed');
    const key = content.toString('utf8', space + 1, equals);
    records = { ...records, ...recordOf(key, content.subarray(equals + 1, end - 1)) };
    at = end;
  }
  return records;
}

function recordOf(key: string, value: Buffer): PaxRecords {
  if (key === 'path') return { name: decodeName(value) };
  if (key === 'linkpath') return { target: decodeName(value) };
  if (key === 'SCHILY.xattr.security.capability') return { hasCapabilities: true };
  if (key.startsWith('GNU.sparse'))
    throw new RatchetError(
      'IMAGE_HOSTILE',
      'an entry is sparse, which is not allowed: its content cannot be looked into',
    );
  if (key !== 'size') return {};
  const text = value.toString('latin1');
  if (!/^\d{1,15}$/.test(text))
    throw new RatchetError('IMAGE_INVALID', 'a pax header has a size that is no number');
  return { bytes: Number(text) };
}
