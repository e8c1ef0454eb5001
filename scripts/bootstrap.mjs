/**
 * node scripts/bootstrap.mjs <demo|test|bench|soak> [arguments]: from a fresh clone to the running command. Needs Node,
 * Python and Git, and nothing installed yet; does only what is not done.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { withLock } from './folder-lock.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const commands = {
  demo: ['dist/scripts/demo/main.js'],
  test: ['node_modules/vitest/vitest.mjs', 'run'],
  bench: ['dist/scripts/bench/main.js'],
  soak: ['dist/scripts/soak/main.js'],
};
const pythons = ['python3', 'python3.14', 'python3.13', 'python3.12', 'python3.11', 'python3.10'];

const [name = '', ...rest] = process.argv.slice(2);
const command = commands[name];
if (command === undefined)
  stop(`there is no command "${name}", allowed is ${Object.keys(commands).join(', ')}`);
const lacking = [missingNode(), missingPython(), missingGit()].filter((line) => line !== undefined);
if (lacking.length > 0) stop(lacking.join('\n'));

await withLock(`bootstrap ${root}`, async () => {
  if (isOlder('node_modules/.package-lock.json', 'package-lock.json')) await install();
  await must('the build', process.execPath, ['scripts/build.mjs']);
  const tools = name === 'test' ? ['--tests'] : [];
  await must('setting up the tools', process.execPath, ['dist/stack/toolchain-main.js', ...tools]);
});
const [program, ...first] = command;
process.exitCode = await run(process.execPath, [inRoot(program), ...first, ...rest], process.cwd());

function missingNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return undefined;
  return `Node is ${process.versions.node}, at least 20.19 is needed: https://nodejs.org/en/download`;
}

function missingPython() {
  const probe = 'import sys; raise SystemExit(sys.version_info < (3, 10))';
  const works = (python) => spawnSync(python, ['-c', probe], { stdio: 'ignore' }).status === 0;
  if (pythons.some(works)) return undefined;
  return 'there is no Python of 3.10 or newer: apt-get install python3 python3-venv';
}

function missingGit() {
  if (spawnSync('git', ['--version'], { stdio: 'ignore' }).status === 0) return undefined;
  return 'there is no Git: apt-get install git';
}

async function install() {
  console.log('installing packages, once');
  const npm = process.env.npm_execpath;
  const [program, args] = npm?.endsWith('.js') ? [process.execPath, [npm]] : ['npm', []];
  const quiet = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
  await must('npm ci', program, [...args, ...quiet]);
}

/**
 * The ONNX runtime would fetch a library for graphics cards that nothing here uses, and reports what it is used for; the
 * AWS client announces its next major version in every process.
 */
function environment() {
  return {
    ...process.env,
    ONNXRUNTIME_NODE_INSTALL: 'skip',
    ORT_DISABLE_TELEMETRY: '1',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  };
}

async function must(what, program, args) {
  const code = await run(program, args, root);
  if (code !== 0) stop(`${what} failed`, code);
}

/** Runs a program to its end, passes signals on, and gives its exit code. */
function run(program, args, cwd) {
  const child = spawn(program, args, { cwd, env: environment(), stdio: 'inherit' });
  // A terminal sends Ctrl-C to the child as well; a second one would mean "at once".
  const signals = process.stdin.isTTY ? ['SIGTERM', 'SIGHUP'] : ['SIGINT', 'SIGTERM', 'SIGHUP'];
  const pass = signals.map((signal) => [signal, () => child.kill(signal)]);
  const ignore = () => undefined;
  process.on('SIGINT', ignore);
  for (const [signal, handler] of pass) process.on(signal, handler);
  return new Promise((resolve) => {
    child.once('error', (error) => stop(`${program} could not be run: ${error.message}`));
    child.once('exit', (code, signal) => {
      process.off('SIGINT', ignore);
      for (const [name, handler] of pass) process.off(name, handler);
      resolve(code ?? 128 + constants.signals[signal]);
    });
  });
}

function isOlder(made, source) {
  if (!existsSync(inRoot(made))) return true;
  return statSync(inRoot(made)).mtimeMs < statSync(inRoot(source)).mtimeMs;
}

function inRoot(path) {
  return join(root, path);
}

function stop(message, code = 1) {
  console.error(message);
  process.exit(code);
}
