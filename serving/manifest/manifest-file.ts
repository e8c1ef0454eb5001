import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { RatchetError } from '../../domain/errors/ratchet-error.js';
import { manifestProblem, type ServingManifest } from '../../domain/serving/manifest.js';

const name = z.string().min(1).max(200);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/, '64 hex digits in lower case');
const manifestShape: z.ZodType<ServingManifest> = z.object({
  version: z.literal(1),
  models: z.array(
    z.object({
      project: name,
      model: name,
      version: z.int().positive(),
      sha256,
      bytes: z.int().positive(),
      alias: name.nullable(),
    }),
  ),
  revision: name.nullable(),
  endpoint: name.nullable(),
  defaultModel: name.nullable(),
  application: z.object({ folder: z.string().min(1), sha256 }).nullable(),
});

/**
 * Reads a manifest; null where there is no such file. Error: `CONFIG_INVALID` where it is none, or says something that
 * cannot be served.
 */
export async function readManifestFile(path: string): Promise<ServingManifest | null> {
  const text = await readText(path);
  if (text === null) return null;
  const manifest = parse(text);
  const problem = manifestProblem(manifest);
  if (problem !== null) throw broken(problem);
  return manifest;
}

/** Makes or replaces the file in one step: whoever reads it, or a crash, never sees half of it. */
export async function writeManifestFile(path: string, manifest: ServingManifest): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const part = `${path}.${randomUUID()}.part`;
  try {
    await writeFile(part, `${JSON.stringify(manifest, null, 2)}\n`, { flush: true });
    await rename(part, path);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}

async function readText(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return null;
    throw broken(`it cannot be read: ${code}`);
  }
}

function parse(text: string): ServingManifest {
  try {
    return manifestShape.parse(JSON.parse(text));
  } catch (error) {
    if (error instanceof z.ZodError) throw broken(z.prettifyError(error).replaceAll(/\s+/g, ' '));
    throw broken('it is not JSON');
  }
}

function broken(why: string): RatchetError {
  return new RatchetError(
    'CONFIG_INVALID',
    `the file that RATCHET_SERVING_MANIFEST names is no manifest: ${why}`,
  );
}
