/** Compiles the sources to dist/, copies what lies beside them, bundles the workflows. Does nothing if nothing changed. */
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { withLock } from './folder-lock.mjs';
import { digestOf, filesUnder } from './source-files.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const dist = join(root, 'dist');
const next = join(root, '.ratchet', 'dist-next');
const old = join(root, '.ratchet', 'dist-old');
const compiler = join(root, 'node_modules', 'typescript-native', 'bin', 'tsc');
const settings = ['tsconfig.json', 'tsconfig.build.json', 'package.json', 'package-lock.json'];
const rooms = JSON.parse(readFileSync(join(root, 'tsconfig.build.json'), 'utf8')).include;

await withLock(root, async () => {
  const sources = filesUnder(root, rooms);
  const id = digestOf(root, [...settings, ...sources]);
  if (readOr('', join(dist, '.build-id')) === id) return;
  if (!existsSync(compiler)) {
    console.error('not built: the compiler is a development dependency; install it with: npm ci');
    return;
  }
  for (const folder of [next, old]) rmSync(folder, { recursive: true, force: true });
  run(process.execPath, [compiler, '-p', join(root, 'tsconfig.build.json'), '--outDir', next]);
  copyAssets(sources);
  bundleWorkflows();
  const main = join(next, 'cli', 'main.js');
  if (existsSync(main)) chmodSync(main, 0o755);
  writeFileSync(join(next, '.build-id'), id);
  // In one step, so that a process which starts meanwhile sees the old code or the new, and no file without a source.
  if (existsSync(dist)) renameSync(dist, old);
  renameSync(next, dist);
  rmSync(old, { recursive: true, force: true });
});

/** SQL, Python and what else is read at run time from beside the code. */
function copyAssets(sources) {
  const assets = sources.filter((file) => !/\.(ts|mjs)$/.test(file));
  for (const file of assets) {
    mkdirSync(dirname(join(next, file)), { recursive: true });
    cpSync(join(root, file), join(next, file));
  }
}

/** The bundle takes as long as all the rest, so an unchanged one is taken over. */
function bundleWorkflows() {
  const entry = join(next, 'workflows', 'index.js');
  if (!existsSync(entry)) return;
  const inputs = filesUnder(next, ['workflows', 'domain']).filter((file) => file.endsWith('.js'));
  const id = `${digestOf(next, inputs)}\n${digestOf(root, ['package-lock.json'])}`;
  const [bundle, idFile] = ['workflow-bundle.js', '.bundle-id'];
  if (readOr('', join(dist, idFile)) === id) cpSync(join(dist, bundle), join(next, bundle));
  else run(process.execPath, [join(root, 'scripts', 'bundle-workflows.mjs'), entry, join(next, bundle)]);
  writeFileSync(join(next, idFile), id);
}

function run(program, args) {
  const { status } = spawnSync(program, args, { cwd: root, stdio: 'inherit' });
  if (status !== 0) {
    rmSync(next, { recursive: true, force: true });
    console.error('the build failed');
    process.exit(1);
  }
}

function readOr(fallback, path) {
  return existsSync(path) ? readFileSync(path, 'utf8') : fallback;
}
