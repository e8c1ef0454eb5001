import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundleWorkflowCode } from '@temporalio/worker';
import { lock } from '../../machine/folder-lock.js';
import { packageRoot } from '../../stack/package-root.js';

/**
 * The workflows of the sources as one file, for `Worker.create({ workflowBundle })`. Made once per state of the
 * sources, whichever suite asks first.
 */
export async function workflowBundle(): Promise<{ readonly codePath: string }> {
  const root = packageRoot();
  const folder = join(root, '.ratchet', 'bundles');
  const codePath = join(folder, `workflows-${sourceDigest(root)}.js`);
  if (existsSync(codePath)) return { codePath };
  mkdirSync(folder, { recursive: true });
  const held = await lock(folder, 'bundle');
  try {
    if (!existsSync(codePath)) await make(root, folder, codePath);
  } finally {
    await held.release();
  }
  return { codePath };
}

async function make(root: string, folder: string, codePath: string): Promise<void> {
  const interceptors = join(root, 'workflows', 'interceptors.ts');
  const { code } = await bundleWorkflowCode({
    workflowsPath: join(root, 'workflows', 'index.ts'),
    workflowInterceptorModules: existsSync(interceptors) ? [interceptors] : [],
    logger: { ...silent, log: () => undefined },
  });
  for (const old of readdirSync(folder)) rmSync(join(folder, old), { force: true });
  writeFileSync(`${codePath}.next`, code);
  renameSync(`${codePath}.next`, codePath);
}

const quiet = () => undefined;
const silent = { trace: quiet, debug: quiet, info: quiet, warn: console.warn, error: console.error };

/** Workflows import the domain and nothing else of ours. */
function sourceDigest(root: string): string {
  const hash = createHash('sha256').update(readFileSync(join(root, 'package-lock.json')));
  for (const room of ['domain', 'workflows']) {
    const files = readdirSync(join(root, room), { recursive: true, encoding: 'utf8' });
    for (const file of files.filter((name) => name.endsWith('.ts')).toSorted()) {
      hash.update(file).update(readFileSync(join(root, room, file)));
    }
  }
  return hash.digest('hex').slice(0, 16);
}
