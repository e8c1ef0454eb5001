import { RatchetError } from '../../../domain/errors/ratchet-error.js';
import { runProgram } from '../processes/run-program.js';

/** What a person watches and may end. */
export interface InstallOptions {
  readonly signal?: AbortSignal;
  readonly onLine?: (line: string) => void;
  /** Lock that the programs keep while they run. */
  readonly keepOpen: number;
}

/** One program of a build, such as pip. */
export interface InstallStep {
  /** What it is for, as in "could not ...". */
  readonly doing: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
}

const longestMs = 30 * 60_000;
/** Variables by which a machine tells pip and npm where packages come from and how to reach them. */
const passed =
  /^(?:PATH|HOME|TMPDIR|LANG|LC_\w+|PIP_\w+|npm_config_\w+|XDG_\w+|https?_proxy|no_proxy|all_proxy|SSL_CERT_(?:FILE|DIR)|REQUESTS_CA_BUNDLE|CURL_CA_BUNDLE|NODE_EXTRA_CA_CERTS)$/i;

/** Environment of installers: what says where packages come from, and no secret of this process. */
export function installerEnvironment(env: NodeJS.ProcessEnv): Record<string, string> {
  const rows = Object.entries(env).flatMap(([key, value]) =>
    value !== undefined && passed.test(key) ? [[key, value] as const] : [],
  );
  return Object.fromEntries(rows);
}

/** Runs one step to its end. Errors: `ENVIRONMENT_FAILED` with its last lines, `ENVIRONMENT_KILLED`, the signal's reason. */
export async function install(step: InstallStep, options: InstallOptions): Promise<string> {
  const tail: string[] = [];
  const { signal, keepOpen, onLine } = options;
  const end = await runProgram({
    // Other users run the programs that are installed, whatever mask this process has.
    command: 'sh',
    args: ['-c', 'umask 022 && exec "$@"', 'sh', step.command, ...step.args],
    cwd: step.cwd,
    env: installerEnvironment(process.env),
    timeoutMs: longestMs,
    maxOutputBytes: 64 * 1024 ** 2,
    keepOpen,
    ...(signal === undefined ? {} : { signal }),
    onLine: (line) => {
      const text = withoutCredentials(line);
      tail.push(text);
      if (tail.length > 30) tail.shift();
      onLine?.(text);
    },
  });
  signal?.throwIfAborted();
  if (end.exitCode === 0) return end.stdout.toString('utf8');
  if (end.signal === 'SIGKILL' && end.stopped === null) {
    const text = `could not ${step.doing}: something outside of Ratchet killed ${step.command}`;
    throw new RatchetError('ENVIRONMENT_KILLED', text, { lines: tail });
  }
  const why =
    end.stopped === 'timeout' ? `it took longer than ${longestMs / 60_000} minutes` : reasonIn(tail);
  throw new RatchetError('ENVIRONMENT_FAILED', `could not ${step.doing}: ${why}`, { lines: tail });
}

const withoutCredentials = (line: string) => line.replace(/:\/\/[^@/\s]*@/g, '://');

function reasonIn(lines: readonly string[]): string {
  const errors = lines.filter((line) => /^(?:error|npm err(?:or)?!?)\b/i.test(line));
  const told = errors.length > 0 ? errors : lines;
  return told.slice(-4).join('; ').slice(0, 1500) || 'it said nothing';
}
