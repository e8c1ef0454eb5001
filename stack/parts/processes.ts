import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { RatchetError } from '../../domain/errors/ratchet-error.js';
import { PartLog } from '../../machine/part-log.js';
import type { SecretEnvironments } from '../secret-environments.js';
import { logPath } from '../stack-paths.js';
import type { PartSpec } from '../supervised-part.js';
import type { PartContext } from './part-context.js';

export const processNames = [
  'gateway',
  'orchestrator',
  'cpu',
  'gpu',
  'serving',
  'signer',
  'endpoints',
  'engine',
] as const;
export type ProcessName = (typeof processNames)[number];

const programs: Readonly<Record<ProcessName, string>> = {
  gateway: 'gateway/main.js',
  orchestrator: 'workers/orchestrator.js',
  cpu: 'workers/cpu.js',
  gpu: 'workers/gpu.js',
  serving: 'workers/serving.js',
  signer: 'workers/signer.js',
  endpoints: 'serving/supervisor/main.js',
  engine: 'workers/engine.js',
};

const migration = 'db/migrate-main.js';
const keyRegister = 'db/signing-key-main.js';

/** What our processes are started with. */
export interface ProcessSetting {
  /** Folder of the compiled code. */
  readonly dist: string;
  readonly env: Readonly<Record<string, string>>;
  /** What each alone needs to know, beside. */
  readonly own: SecretEnvironments;
  /** Texts that must not reach a log. */
  readonly secrets: readonly string[];
}

/** What a process is started for only where it is set. */
const onlyWith: Readonly<Partial<Record<ProcessName, string>>> = {
  gpu: 'RATCHET_GPU_DEVICES',
  engine: 'RATCHET_ENGINE_SOCKET',
};

/** The processes to start: a gpu worker only where devices are declared, an engine agent only where there is an engine. */
export function processesFor(env: Readonly<Record<string, string | undefined>>): readonly ProcessName[] {
  return processNames.filter((name) => {
    const variable = onlyWith[name];
    return variable === undefined || (env[variable] ?? '') !== '';
  });
}

/** Error: `PART_MISSING` where a program that is going to be needed is not built. */
export function requirePrograms(dist: string, names: readonly ProcessName[]): void {
  for (const path of [migration, ...names.map((name) => programs[name])]) builtProgram(dist, path);
}

/** One process of ours: says that it is ready with a line, drains at SIGTERM. Error: `PART_MISSING` if not built. */
export function processPart(name: ProcessName, context: PartContext, setting: ProcessSetting): PartSpec {
  const { paths, port } = context;
  const metrics = port(`${name}Metrics`);
  const address = name === 'gateway' || name === 'signer' ? port(name) : metrics;
  const program = builtProgram(setting.dist, programs[name]);
  return {
    name,
    address: `http://127.0.0.1:${address}`,
    source: program,
    command: {
      program: process.execPath,
      args: ['--enable-source-maps', program],
      env: {
        ...(name === 'endpoints' ? outsideStores(setting.env) : setting.env),
        ...setting.own[name],
        RATCHET_METRICS_PORT: String(metrics),
        RATCHET_TEMPORAL_METRICS_PORT: String(port(`${name}TemporalMetrics`)),
      },
      cwd: paths.state,
    },
    startTimeoutMs: 60_000,
    stopSignal: 'SIGTERM',
    // A worker forces its own end 5 s after its grace time.
    stopGraceMs: Number(setting.env['RATCHET_SHUTDOWN_GRACE_MS'] ?? 0) + 7000,
    logFile: logPath(paths, name),
    secrets: setting.secrets,
  };
}

/** What it keeps runs the user's code, and stands on none of the stores. */
function outsideStores(env: Readonly<Record<string, string>>): Record<string, string> {
  const own = Object.entries(env).filter(([name]) => !/^(DATABASE|TEMPORAL|RATCHET_(S3|TOKEN))_/.test(name));
  return Object.fromEntries(own);
}

/** What its owner does to the database. */
interface OwnersWork {
  /** Of its log. */
  readonly name: string;
  readonly program: string;
  readonly args: readonly string[];
  readonly ownerUrl: string;
}

/** Brings the database to this version's schema, as its owner. Error: `PART_UNAVAILABLE` with what was said. */
export async function migrate(
  context: PartContext,
  setting: ProcessSetting,
  ownerUrl: string,
): Promise<void> {
  await asOwner(context, setting, { name: 'migrate', program: migration, args: [], ownerUrl });
}

/** Makes the signatures of a public key count, as the owner of the database alone may. The same one again changes nothing. */
export async function registerSigningKey(
  context: PartContext,
  setting: ProcessSetting,
  { ownerUrl, publicKeyFile }: { readonly ownerUrl: string; readonly publicKeyFile: string },
): Promise<void> {
  const args = ['register', publicKeyFile];
  await asOwner(context, setting, { name: 'signing-key', program: keyRegister, args, ownerUrl });
}

async function asOwner(context: PartContext, setting: ProcessSetting, work: OwnersWork): Promise<void> {
  const program = builtProgram(setting.dist, work.program);
  const log = new PartLog(logPath(context.paths, work.name), setting.secrets);
  try {
    const { stdout, stderr } = await promisify(execFile)(
      process.execPath,
      ['--enable-source-maps', program, ...work.args],
      { env: { ...setting.env, DATABASE_OWNER_URL: work.ownerUrl }, timeout: 300_000 },
    );
    log.write(stdout + stderr);
  } catch (cause) {
    const stderr = String((cause as { readonly stderr?: unknown }).stderr ?? cause);
    log.write(stderr);
    throw new RatchetError(
      'PART_UNAVAILABLE',
      `the database could not be prepared (${work.name}), see ${log.path}`,
      {},
      { cause },
    );
  } finally {
    log.close();
  }
}

function builtProgram(dist: string, path: string): string {
  const program = join(dist, path);
  if (existsSync(program)) return program;
  throw new RatchetError('PART_MISSING', `${program} is not built; mend it: npm run build`);
}
