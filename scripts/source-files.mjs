import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Files under some files and folders, sorted, as paths from the root. */
export function filesUnder(root, entries) {
  return entries
    .flatMap((entry) => {
      const path = join(root, entry);
      if (!existsSync(path)) return [];
      if (statSync(path).isFile()) return [entry];
      return readdirSync(path, { recursive: true, withFileTypes: true })
        .filter((file) => file.isFile() && !file.parentPath.includes('__pycache__'))
        .map((file) => join(file.parentPath, file.name).slice(root.length + 1));
    })
    .toSorted();
}

/** Digest of names and contents. */
export function digestOf(root, files) {
  const hash = createHash('sha256').update(process.version);
  for (const file of files) hash.update(`\0${file}\0`).update(readFileSync(join(root, file)));
  return hash.digest('hex');
}
