import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { packageRoot } from '../../stack/package-root.js';
import { configurationReference } from './configuration-reference.js';

for (const [path, text] of configurationReference()) {
  const target = join(packageRoot(), path);
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, text);
  process.stdout.write(`${path}\n`);
}

// The formatter has its own mind about short lists.
execFileSync('npx', ['biome', 'format', '--write', 'docs/schema'], { cwd: packageRoot(), stdio: 'ignore' });
