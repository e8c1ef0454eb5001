import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** Does work in a folder of its own, which goes in every ending. `isOpen`: foreign programs may look into it. */
export async function inFolder<T>(
  workDir: string,
  name: string,
  work: (folder: string) => Promise<T>,
  { isOpen = false }: { readonly isOpen?: boolean } = {},
): Promise<T> {
  await mkdir(workDir, { recursive: true });
  const folder = await mkdtemp(join(workDir, `${name}-`));
  try {
    if (isOpen) await chmod(folder, 0o755);
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
