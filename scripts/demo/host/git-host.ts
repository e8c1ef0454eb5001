import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { packageRoot } from '../../../stack/package-root.js';
import { runGit } from '../run-git.js';
import type { Webhook } from './webhook.js';

/** A bare repository that plays the Git host of the demo: people push to it, and it sends webhooks. */
export interface GitHost {
  /** Folder of the repository, which is its address too. */
  readonly path: string;
  /** From now on every push is told of. */
  setWebhook(webhook: Pick<Webhook, 'address' | 'secret'>): Promise<void>;
}

/** In a folder that is not there yet. */
export async function createGitHost(path: string): Promise<GitHost> {
  await mkdir(path, { recursive: true });
  await runGit(path, ['init', '--quiet', '--bare', '--initial-branch=main']);
  const hooks = join(path, 'hooks');
  // Samples of hooks, where Git brings some along.
  await rm(hooks, { recursive: true, force: true });
  await mkdir(hooks);
  return {
    path,
    async setWebhook(webhook) {
      const file = join(path, 'webhook.json');
      await writeFile(file, JSON.stringify({ ...webhook, repository: path }), { mode: 0o600 });
      const program = join(packageRoot(), 'dist/scripts/demo/host/post-receive.js');
      const words = [process.execPath, program, file].map(quoted).join(' ');
      await writeFile(join(hooks, 'post-receive'), `#!/bin/sh\nexec ${words}\n`, { mode: 0o755 });
    },
  };
}

/** One word of a shell, whatever is in it. */
const quoted = (word: string) => `'${word.replaceAll("'", String.raw`'\''`)}'`;
