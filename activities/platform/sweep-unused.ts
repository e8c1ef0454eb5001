import type { BlobKeeper, BlobNames, StoredBlob } from '../../domain/ports/blobs.js';

export interface SweepUnusedDeps {
  readonly keeper: BlobKeeper;
  readonly names: BlobNames;
  /** Longer than the longest run: what a run has put or seen, a row names before this has passed. */
  readonly unusedMs: number;
}

export interface SweptUnused {
  readonly setAside: number;
  readonly broughtBack: number;
  readonly deleted: number;
}

const atOnce = 16;

/** S3 copies no larger object in one request; such a one stays where it is. */
const largestCopyBytes = 5 * 1024 ** 3;

/**
 * Sets aside what no row names, directly or inside of what it names, and what was last written long ago; deletes what
 * has been aside for as long. An object that is set aside is still there for whoever asks for it. So a row that is
 * written while the sweep looks away finds its objects: it was written within the time of a run, and before that has
 * passed twice, a sweep sees the row and brings back what it names.
 */
export async function sweepUnused(
  { keeper, names, unusedMs }: SweepUnusedDeps,
  nowMs: number,
): Promise<SweptUnused> {
  const [stored, aside] = await Promise.all([keeper.list(), keeper.listSetAside()]);
  const isOld = ({ writtenAt }: StoredBlob) => Date.parse(writtenAt) < nowMs - unusedMs;
  const old = stored.filter(isOld);
  if (old.length === 0 && aside.length === 0) return { setAside: 0, broughtBack: 0, deleted: 0 };
  const used = await namedAtAll(keeper, await names.namedByRows());
  const wanted = aside.filter(({ sha256 }) => used.has(sha256));
  const unwanted = aside.filter((blob) => !used.has(blob.sha256) && isOld(blob));
  const unused = old.filter(({ sha256, bytes }) => !used.has(sha256) && bytes <= largestCopyBytes);
  await inTurns(wanted, ({ sha256 }) => keeper.bringBack(sha256));
  await inTurns(unwanted, ({ sha256 }) => keeper.deleteSetAside(sha256));
  await inTurns(unused, ({ sha256 }) => keeper.setAside(sha256));
  return { setAside: unused.length, broughtBack: wanted.length, deleted: unwanted.length };
}

/** What rows name, and what that names, and so on: a manifest names the files of a version. */
async function namedAtAll(keeper: BlobKeeper, byRows: ReadonlySet<string>): Promise<ReadonlySet<string>> {
  const all = new Set(byRows);
  let next = [...byRows];
  while (next.length > 0) {
    const found: string[] = [];
    await inTurns(next, async (sha256) => {
      for (const name of await keeper.namedIn(sha256)) if (!all.has(name)) found.push(name);
    });
    next = [...new Set(found)];
    for (const name of next) all.add(name);
  }
  return all;
}

async function inTurns<T>(items: readonly T[], work: (item: T) => Promise<unknown>): Promise<void> {
  for (let from = 0; from < items.length; from += atOnce)
    await Promise.all(items.slice(from, from + atOnce).map(work));
}
