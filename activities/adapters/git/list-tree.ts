import { RatchetError } from '../../../domain/errors/ratchet-error.js';
import { mirrorFailure } from './git-failure.js';
import type { Mirror } from './mirror.js';
import { TreeRules } from './tree-rules.js';

/** A file of a tree. A symbolic link is a file that holds its target. */
export interface TreeFile {
  /** Relative to the tree. */
  readonly path: string;
  readonly id: string;
  readonly sizeBytes: number;
  readonly executable: boolean;
}

const entryPattern = /^(?<mode>\d{6}) (?<type>[a-z]+) (?<id>[0-9a-f]{40}) +(?<size>\d+|-)\t(?<path>.+)$/s;

/**
 * Every file below a tree, checked against the rules and within the quotas of files and bytes. Stops reading as soon
 * as one is passed, so that a tree of a thousand million files costs little. Submodules are left out.
 */
export async function listTree(mirror: Mirror, treeId: string): Promise<readonly TreeFile[]> {
  const { runner, gitDir, limits } = mirror;
  const program = await runner.start({
    gitDir,
    args: ['ls-tree', '-r', '-z', '-l', '--full-tree', treeId],
    timeoutMs: limits.timeoutMs,
  });
  program.stdin.end();
  const rules = new TreeRules();
  const files: TreeFile[] = [];
  let bytes = 0;
  try {
    for await (const entry of entriesOf(program.stdout)) {
      const file = parseEntry(entry);
      if (file === undefined) continue;
      rules.add(file.path);
      bytes += file.sizeBytes;
      files.push(file);
      checkQuotas(mirror, files.length, bytes);
    }
  } catch (error) {
    program.stop('output');
    await program.end;
    throw error;
  }
  const end = await program.end;
  if (end.stopped === 'timeout') throw tooMuch(`takes longer to list than ${limits.timeoutMs} ms`);
  if (end.exitCode !== 0) throw mirrorFailure(end, 'ls-tree');
  return files;
}

async function* entriesOf(chunks: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8');
  let rest = '';
  for await (const chunk of chunks) {
    const parts = (rest + decoder.decode(chunk, { stream: true })).split('\0');
    rest = parts.pop() ?? '';
    yield* parts;
  }
}

function parseEntry(entry: string): TreeFile | undefined {
  const groups = entryPattern.exec(entry)?.groups;
  if (groups === undefined)
    throw new RatchetError('GIT_REFUSED', 'the tree has an entry that cannot be read');
  if (groups['type'] !== 'blob') return undefined;
  return {
    path: groups['path'] ?? '',
    id: groups['id'] ?? '',
    sizeBytes: Number(groups['size']),
    executable: groups['mode'] === '100755',
  };
}

function checkQuotas({ limits }: Mirror, files: number, bytes: number): void {
  if (files > limits.maxFiles) throw tooMuch(`has more than the ${limits.maxFiles} files that are allowed`);
  if (bytes > limits.maxBytes) throw tooMuch(`has more than the ${limits.maxBytes} bytes that are allowed`);
}

const tooMuch = (why: string) => new RatchetError('GIT_REFUSED', `the tree ${why}`);
