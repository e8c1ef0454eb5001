import { RatchetError } from '../../../domain/errors/ratchet-error.js';
import { mirrorFailure } from './git-failure.js';
import type { Mirror } from './mirror.js';

export interface GitObject {
  readonly id: string;
  readonly type: string;
  readonly sizeBytes: number;
  /** Empty where contents were not asked for. */
  readonly content: Buffer;
}

const headerPattern = /^(?<id>[0-9a-f]{40}) (?<type>[a-z]+) (?<size>\d+)$/;

/**
 * Objects by name, in one call; undefined for a name that leads nowhere. Contents of more than `maxBytes` together
 * are `GIT_REFUSED`.
 */
export async function readObjects(
  mirror: Mirror,
  names: readonly string[],
  maxBytes: number,
  options: { readonly contents: boolean } = { contents: true },
): Promise<readonly (GitObject | undefined)[]> {
  const headers = names.length * 4200;
  const end = await mirror.runner.run({
    gitDir: mirror.gitDir,
    args: ['cat-file', options.contents ? '--batch' : '--batch-check'],
    input: names.map((name) => `${name}\n`).join(''),
    timeoutMs: mirror.limits.timeoutMs,
    maxOutputBytes: headers + maxBytes,
  });
  if (end.stopped === 'output') throw tooLarge(names, maxBytes);
  if (end.exitCode !== 0) throw mirrorFailure(end, 'cat-file');
  const objects = parseBatch(end.stdout, options.contents);
  if (objects.length !== names.length) throw mirrorFailure(end, 'cat-file');
  if (objects.some((object) => object !== undefined && object.content.length > maxBytes)) {
    throw tooLarge(names, maxBytes);
  }
  return objects;
}

function parseBatch(bytes: Buffer, contents: boolean): (GitObject | undefined)[] {
  const objects: (GitObject | undefined)[] = [];
  for (let at = 0; at < bytes.length; ) {
    const lineEnd = bytes.indexOf(0x0a, at);
    const header = parseObjectHeader(bytes.toString('utf8', at, lineEnd));
    const size = contents ? (header?.sizeBytes ?? 0) : 0;
    const from = lineEnd + 1;
    objects.push(
      header === undefined ? undefined : { ...header, content: bytes.subarray(from, from + size) },
    );
    at = contents && header !== undefined ? from + size + 1 : from;
  }
  return objects;
}

/** `<id> <type> <size>`; undefined for `<name> missing`. */
export function parseObjectHeader(line: string): Omit<GitObject, 'content'> | undefined {
  const groups = headerPattern.exec(line)?.groups;
  if (groups === undefined) return undefined;
  return { id: groups['id'] ?? '', type: groups['type'] ?? '', sizeBytes: Number(groups['size']) };
}

/** What is asked for is larger than may be read. */
export function tooLarge(names: readonly string[], maxBytes: number): RatchetError {
  const what = names.map((name) => name.replace(/^refs\/ratchet\/[0-9a-f]+:/, '')).join(', ');
  return new RatchetError('GIT_REFUSED', `${what} is larger than the ${maxBytes} bytes that are read`, {
    maxBytes,
  });
}
