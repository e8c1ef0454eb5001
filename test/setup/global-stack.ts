import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Connection } from '@temporalio/client';
import type { TestProject } from 'vitest/node';
import { tryLock } from '../../machine/folder-lock.js';
import { emptyStateFolder } from '../../stack/fresh-state.js';
import { packageRoot } from '../../stack/package-root.js';
import { endOrphans } from '../../stack/recover.js';
import { readStackFile } from '../../stack/stack-file.js';
import { type RunningStack, startStack } from '../../stack/start-stack.js';
import { ensureTools } from '../../stack/toolchain.js';
import { loadConfig } from '../../temporal.config.js';
import { makeTemplate } from './database-template.js';
import { withoutSettings } from './settings-free.js';
import type { SharedStack } from './shared-stack.js';
import { makeNamespace, namespaceOf } from './temporal-namespace.js';

declare module 'vitest' {
  interface ProvidedContext {
    ratchetStack: SharedStack;
  }
}

/** One stack for all suites of a run: Temporal, Postgres and S3 in a state folder of its own, gone afterwards. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = join(packageRoot(), '.ratchet');
  mkdirSync(folder, { recursive: true });
  await sweep(folder);
  const stateDir = join(folder, `test-${process.pid}`);
  const lines: string[] = [];
  const log = (part: string, text: string) => lines.push(`${part} ${text}`);
  const env = withoutSettings(process.env);
  const stack = await startStack({ stateDir, processes: false, ui: false, log, env });
  const tools = await ensureTools(['temporal-test-server'], (text) => log('tools', text));
  const { admin, owner, app, serving } = stack.database;
  if (admin === null || serving === null) throw new Error('the stack for tests has no database of its own');
  await Promise.all([makeTemplate(admin, owner), makeNamespaces(stack.env, project.globalConfig.maxWorkers)]);
  project.provide('ratchetStack', {
    stateDir,
    env: stack.env,
    database: { admin, owner, app, serving },
    testServer: tools['temporal-test-server'],
  });
  return async () => {
    await stack.stop();
    remove(stateDir);
  };
}

async function makeNamespaces(env: RunningStack['env'], count: number): Promise<void> {
  const connection = await Connection.connect({ address: loadConfig(env).temporal.address });
  const names = Array.from({ length: count }, (_, at) => namespaceOf(at + 1));
  await Promise.all(names.map((name) => makeNamespace(connection, name)));
  await connection.close();
}

/** Removes what runs left that were killed. */
async function sweep(folder: string): Promise<void> {
  for (const name of readdirSync(folder).filter((entry) => /^test-\d+$/.test(entry))) {
    const stateDir = join(folder, name);
    const held = await tryLock(stateDir, 'supervisor');
    if (held === undefined) continue;
    const file = readStackFile(join(stateDir, 'stack.json'));
    if (file !== undefined) await endOrphans(file, () => undefined);
    remove(stateDir);
    await held.release();
  }
}

function remove(stateDir: string): void {
  if (existsSync(join(stateDir, 'stack.json'))) emptyStateFolder(stateDir);
  rmSync(stateDir, { recursive: true, force: true });
}
