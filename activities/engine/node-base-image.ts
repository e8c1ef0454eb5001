import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Engine } from '../../domain/ports/engine.js';
import { nativeAddons } from './image-context.js';
import { stageNodeBase } from './node-base.js';

/** The base of all our images, made of this machine's Node once a process, and known again by its content. */
export function keepNodeBase(engine: Engine, root: string, packageRoot: string): () => Promise<string> {
  let base: Promise<string> | undefined;
  const make = async () => {
    await mkdir(root, { recursive: true });
    const folder = await mkdtemp(join(root, 'base-'));
    try {
      await stageNodeBase(folder, nativeAddons(packageRoot));
      return (await engine.importRoot(folder)).id;
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  };
  return () => {
    base ??= make().catch((error: unknown) => {
      base = undefined;
      throw error;
    });
    return base;
  };
}
