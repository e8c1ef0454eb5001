import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { RatchetError } from '../../../domain/errors/ratchet-error.js';
import { holdFileLock } from '../processes/hold-file-lock.js';
import { gitFailure, mirrorFailure } from './git-failure.js';
import { keptCommit, keptRef, type Mirror } from './mirror.js';
import { readObjects } from './object-batch.js';

/** After this many packs they are made one, so that reading stays fast. */
const mostPacks = 64;

/**
 * Brings one commit into the mirror, with its history only where the mirror keeps histories. One fetch at a time per mirror on this machine; a fetch
 * whose worker was killed keeps the lock until it ends.
 */
export async function fetchCommit(mirror: Mirror, commit: string): Promise<void> {
  const lock = await holdFileLock(mirror.lockFile);
  try {
    if (await isKept(mirror, commit)) return;
    await removeLeftovers(mirror, commit);
    const { address, limits, runner, gitDir } = mirror;
    const end = await runner.run({
      gitDir,
      address,
      args: [
        ...fetchCommand,
        ...(mirror.history ? [] : ['--depth=1']),
        '--',
        address.url,
        `+${commit}:${keptRef(commit)}`,
      ],
      timeoutMs: limits.timeoutMs,
      maxFileBytes: limits.maxBytes,
      maxOutputBytes: 1024 * 1024,
      keepOpen: lock.fd,
    });
    if (end.exitCode !== 0) {
      const largest = await removeLeftovers(mirror, commit);
      if (largest >= limits.maxBytes) throw tooLarge(mirror);
      throw unknownCommit.test(end.stderr) ? noCommit(mirror, commit) : gitFailure(end, address, limits);
    }
    await tidy(mirror, lock.fd);
  } finally {
    await lock.release();
  }
}

/** What the far side says of a commit that it does not have, or that nothing leads to. */
const unknownCommit = /not our ref|unadvertised object/i;

function noCommit({ address }: Mirror, commit: string): RatchetError {
  const text = `${address.url} does not have the commit ${commit}: it was pushed over or deleted, or never there`;
  return new RatchetError('GIT_NOT_FOUND', text, { commit });
}

const fetchCommand = [
  'fetch',
  '--quiet',
  '--no-tags',
  '--no-auto-maintenance',
  '--no-write-fetch-head',
  '--no-recurse-submodules',
];

export async function isKept(mirror: Mirror, commit: string): Promise<boolean> {
  const [found] = await readObjects(mirror, [keptCommit(commit)], 0, { contents: false });
  return found?.id === commit;
}

/** Removes what a killed fetch leaves behind; the size of the largest part. We hold the lock, so nobody uses them. */
async function removeLeftovers({ gitDir }: Mirror, commit: string): Promise<number> {
  const packs = join(gitDir, 'objects/pack');
  const parts = (await readdir(packs)).filter((name) => name.startsWith('tmp_'));
  const sizes = await Promise.all(parts.map(async (name) => (await stat(join(packs, name))).size));
  const locks = ['shallow.lock', `${keptRef(commit)}.lock`];
  for (const name of parts) await rm(join(packs, name), { force: true });
  for (const name of locks) await rm(join(gitDir, name), { force: true });
  return Math.max(0, ...sizes);
}

function tooLarge({ address, limits }: Mirror): RatchetError {
  const text = `${address.url} sends more than the ${limits.maxBytes} bytes that a fetch may have`;
  return new RatchetError('GIT_REFUSED', text, { maxBytes: limits.maxBytes });
}

async function tidy({ gitDir, runner, limits }: Mirror, keepOpen: number): Promise<void> {
  const packs = (await readdir(join(gitDir, 'objects/pack'))).filter((name) => name.endsWith('.pack'));
  if (packs.length <= mostPacks) return;
  for (const args of [
    ['pack-refs', '--all'],
    ['repack', '-a', '-d', '-q'],
  ]) {
    const end = await runner.run({
      gitDir,
      args,
      timeoutMs: limits.timeoutMs,
      maxOutputBytes: 1024 * 1024,
      keepOpen,
    });
    if (end.exitCode !== 0) throw mirrorFailure(end, args.join(' '));
  }
}
