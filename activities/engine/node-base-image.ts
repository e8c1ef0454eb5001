import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { Engine } from '../../domain/ports/engine.js';
import { nativeAddons } from './image-context.js';
import { stageNodeBase } from './node-base.js';

/** The base of all our images, by digest. */
export interface NodeBase {
  /** As it was made last: once a process, where nobody renews it and it stays with the engine. */
  get(): Promise<string>;
  /** Made anew of what this machine has now; equal content is the same image. */
  renew(): Promise<string>;
}

/** Makes the base of this machine's Node and the libraries that it needs, known again by its content. */
export function keepNodeBase(engine: Engine, root: string, packageRoot: string): NodeBase {
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
  async function renew(): Promise<string> {
    const made = await make();
    base = Promise.resolve(made);
    return made;
  }
  async function get(): Promise<string> {
    // Whoever looks after the engine may have removed it.
    if (base !== undefined && !(await isThere(engine, base))) base = undefined;
    base ??= make().catch((error: unknown) => {
      base = undefined;
      throw error;
    });
    return base;
  }
  return { get, renew };
}

async function isThere(engine: Engine, base: Promise<string>): Promise<boolean> {
  try {
    await engine.image(await base);
    return true;
  } catch (error) {
    if (error instanceof RatchetError && error.code === 'IMAGE_NOT_FOUND') return false;
    throw error;
  }
}
