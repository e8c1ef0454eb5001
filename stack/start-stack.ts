import { join } from 'node:path';
import { type FolderLock, tryLock } from '../machine/folder-lock.js';
import { loadSection } from '../temporal.config.js';
import { type StackDatabase, type Stores, startStores } from './embedded-parts.js';
import { emptyStateFolder } from './fresh-state.js';
import { packageRoot } from './package-root.js';
import type { PartContext } from './parts/part-context.js';
import {
  migrate,
  type ProcessName,
  processesFor,
  processPart,
  registerSigningKey,
  requirePrograms,
} from './parts/processes.js';
import { processEnvironment } from './process-environment.js';
import { endOrphans, refuseSecond } from './recover.js';
import { hookSecretVariables, secretEnvironments } from './secret-environments.js';
import { type PartRecord, readStackFile, type StackFile } from './stack-file.js';
import type { StackPaths } from './stack-paths.js';
import { stackPorts } from './stack-ports.js';
import { StackRecord } from './stack-record.js';
import { ensureSecrets, ensureSigningKey, ensureToken, sha256Hex } from './stack-secrets.js';
import { makeStateFolder } from './state-folder.js';
import { type Stage, Supervisor } from './supervisor.js';

export interface StackOptions {
  readonly stateDir: string;
  /** Whether gateway and workers run; without them there are Temporal, Postgres and S3 only. */
  readonly processes: boolean;
  /** Whether Temporal's pages are served. */
  readonly ui: boolean;
  readonly log: (part: string, text: string) => void;
  /** Forget everything this state folder holds before the start. */
  readonly fresh?: boolean;
  /** What settings are read from and what processes inherit. Default: this process's own. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Folder of the compiled programs. Default: `dist/` of the package. */
  readonly dist?: string;
  /** Aborting it while the stack starts stops what was started. */
  readonly signal?: AbortSignal;
}

export interface RunningStack {
  readonly stateDir: string;
  /** Addresses to look at, by name: `temporal`, `temporalUi`, `database`, `s3`, `gateway`. No credentials in them. */
  readonly urls: Readonly<Record<string, string>>;
  /** The environment of our processes, as `loadConfig` reads it. */
  readonly env: Readonly<Record<string, string>>;
  readonly database: StackDatabase;
  /** File with the admin token, mode 0600. */
  readonly tokenFile: string;
  parts(): Readonly<Record<string, PartRecord>>;
  /** Stops every part in order, within their grace times. A second call waits for the same end. */
  stop(): Promise<void>;
  /** SIGKILL to every part, at once. */
  kill(): void;
}

/**
 * Starts the embedded stack of a state folder; resolves when every part is ready. Errors: `CONFLICT` where one runs
 * there or a configured port is taken, `PART_MISSING` with what mends it, `PART_UNAVAILABLE` with the end of a log.
 */
export async function startStack(options: StackOptions): Promise<RunningStack> {
  if (options.processes) requirePrograms(programFolder(options), processesFor(options.env ?? process.env));
  const paths = makeStateFolder(options.stateDir);
  const held = await tryLock(paths.state, 'supervisor');
  if (held === undefined) refuseSecond(paths.state, readStackFile(paths.stackFile));
  try {
    const known = await recover(options, paths);
    return await startLocked(options, paths, known, held);
  } catch (error) {
    await held.release();
    throw error;
  }
}

async function recover(options: StackOptions, paths: StackPaths): Promise<StackFile | undefined> {
  const known = readStackFile(paths.stackFile);
  if (known !== undefined) await endOrphans(known, options.log);
  if (options.fresh !== true) return known;
  emptyStateFolder(paths.state);
  makeStateFolder(paths.state);
  return undefined;
}

async function startLocked(
  options: StackOptions,
  paths: StackPaths,
  known: StackFile | undefined,
  held: FolderLock,
): Promise<RunningStack> {
  const env = options.env ?? process.env;
  const record = new StackRecord(paths.stackFile, known, options.processes, new Date());
  const supervisor = new Supervisor(record, options.log);
  const stop = async () => {
    await supervisor.stop();
    await held.release();
  };
  const onAbort = () => void supervisor.stop();
  options.signal?.addEventListener('abort', onAbort, { once: true });
  try {
    const context = await partContext(options, paths, record, env);
    const stores = await startStores(context, record, supervisor, { ui: options.ui, env });
    const token = sha256Hex(ensureToken(paths.tokenFile));
    const processEnv = processEnvironment(env, context, stores, token);
    if (options.processes) await startProcesses(options, context, stores, processEnv, supervisor);
    record.setReady(addresses(options, record, context));
    return {
      stateDir: paths.state,
      urls: record.file.urls,
      env: processEnv,
      database: stores.database,
      tokenFile: paths.tokenFile,
      parts: () => record.file.parts,
      stop,
      kill: () => supervisor.kill(),
    };
  } catch (error) {
    await stop();
    throw error;
  } finally {
    options.signal?.removeEventListener('abort', onAbort);
  }
}

async function partContext(
  options: StackOptions,
  paths: StackPaths,
  record: StackRecord,
  env: Readonly<Record<string, string | undefined>>,
): Promise<PartContext> {
  const { temporalPort, temporalUiPort, postgresPort, s3Port } = loadSection('stack', env);
  const gatewayPort = env['RATCHET_GATEWAY_PORT'] === undefined ? 0 : loadSection('gateway', env).port;
  const wanted = { temporal: temporalPort, temporalUi: temporalUiPort, postgres: postgresPort, s3: s3Port };
  const all = Object.entries({ ...wanted, gateway: gatewayPort });
  const configured = Object.fromEntries(all.filter(([, port]) => port !== 0));
  const ports = await stackPorts(paths.state, record.file.ports, configured);
  record.setPorts(ports);
  return {
    paths,
    secrets: ensureSecrets(paths.secretsFile),
    log: options.log,
    port: (name) => {
      const port = ports[name];
      if (port === undefined) throw new Error(`there is no port named ${name}`);
      return port;
    },
  };
}

const programFolder = (options: StackOptions) => options.dist ?? join(packageRoot(), 'dist');

/** The schema first; then all at the same time, as Temporal keeps what comes before a worker is there. */
async function startProcesses(
  options: StackOptions,
  context: PartContext,
  stores: Stores,
  env: Readonly<Record<string, string>>,
  supervisor: Supervisor,
): Promise<void> {
  ensureSigningKey(context.paths);
  const own = secretEnvironments(context, options.env ?? process.env);
  const setting = {
    dist: programFolder(options),
    env,
    own,
    secrets: [
      ...Object.values(context.secrets),
      ...hookSecretVariables.map((name) => own.gateway[name] ?? ''),
    ],
  };
  const ownerUrl = stores.database.owner;
  await migrate(context, setting, ownerUrl);
  await registerSigningKey(context, setting, { ownerUrl, publicKeyFile: context.paths.signerPublicKey });
  const start = (name: ProcessName) => supervisor.start(stageOf(name), processPart(name, context, setting));
  await Promise.all(processesFor(env).map(start));
}

const stageOf = (name: ProcessName): Stage => (name === 'gateway' || name === 'endpoints' ? name : 'workers');

function addresses(
  options: StackOptions,
  record: StackRecord,
  { port }: PartContext,
): Readonly<Record<string, string>> {
  const { parts } = record.file;
  const known = Object.entries({
    temporal: parts['temporal']?.address,
    temporalUi:
      options.ui && parts['temporal']?.process != null ? `http://127.0.0.1:${port('temporalUi')}` : undefined,
    database: parts['postgres']?.address,
    s3: parts['s3']?.address,
    gateway: parts['gateway']?.address,
  });
  return Object.fromEntries(known.flatMap(([name, url]) => (url === undefined ? [] : [[name, url]])));
}
