/** Every linter that CI runs, one after the other; says which failed and what mends it. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const { include } = JSON.parse(readFileSync(join(root, 'tsconfig.json'), 'utf8'));
const rooms = include.filter((entry) => existsSync(join(root, entry)));
const checks = [
  {
    name: 'style and lint',
    args: ['node_modules/@biomejs/biome/bin/biome', 'check'],
    mend: 'npx biome check --write',
  },
  {
    name: 'types',
    args: ['node_modules/typescript-native/bin/tsc', '-p', 'tsconfig.json'],
    mend: 'mend the types it names',
  },
  {
    name: 'floors and cycles',
    args: [
      'node_modules/dependency-cruiser/bin/dependency-cruise.mjs',
      '--config',
      '.dependency-cruiser.cjs',
      ...rooms,
    ],
    mend: 'move the import to a room that may have it, see .dependency-cruiser.cjs',
  },
  { name: 'unused code', args: ['node_modules/knip/bin/knip.js'], mend: 'npx knip --fix' },
];

const failed = checks.filter(({ name, args }) => {
  const since = performance.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 ** 2,
  });
  const seconds = ((performance.now() - since) / 1000).toFixed(1);
  console.log(`${status === 0 ? 'ok    ' : 'failed'} ${name} (${seconds} s)`);
  if (status !== 0) console.log(`${stdout}${stderr}`.trimEnd());
  return status !== 0;
});
for (const { name, mend } of failed) console.error(`${name} failed; mend it: ${mend}`);
process.exitCode = failed.length === 0 ? 0 : 1;
