import { z } from 'zod';
import type { ArchiveFile } from '../../../domain/archive/archive-file.js';
import { RatchetError } from '../../../domain/errors/ratchet-error.js';
import type { EnvironmentSpec } from '../../../domain/ports/environments.js';

type NodeSpec = Extract<EnvironmentSpec, { kind: 'node' }>;

const packageShape = z.looseObject({
  name: z.string({ error: 'a text' }),
  type: z.literal('module', { error: '"module"' }),
  scripts: z.looseObject(
    { test: z.string({ error: 'the command of its tests' }) },
    { error: 'an object with test' },
  ),
  dependencies: z.record(z.string(), z.string()).default({}),
  devDependencies: z.record(z.string(), z.string()).default({}),
});

/**
 * What an application needs installed: null where it needs nothing. Errors: `APPLICATION_INVALID` for a package.json of
 * another form, and for packages without a lock file.
 */
export function readPackage(files: readonly ArchiveFile[]): NodeSpec | null {
  const manifest = textOf(files, 'package.json');
  if (manifest === undefined) throw invalid('there is no package.json');
  const parsed = packageShape.safeParse(parse(manifest));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw invalid(`package.json: ${issue?.path.join('.') || 'it'} must be ${issue?.message}`);
  }
  const lock = textOf(files, 'package-lock.json');
  if (lock !== undefined) return { kind: 'node', manifest, lock };
  const { dependencies, devDependencies } = parsed.data;
  const [needed] = Object.keys({ ...dependencies, ...devDependencies });
  if (needed === undefined) return null;
  throw invalid(`package.json asks for "${needed}", and there is no package-lock.json that says which`);
}

function textOf(files: readonly ArchiveFile[], wanted: string): string | undefined {
  const found = files.find(({ name }) => name === wanted);
  return found && Buffer.from(found.content).toString('utf8');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw invalid('package.json is not JSON');
  }
}

const invalid = (message: string) => new RatchetError('APPLICATION_INVALID', message);
