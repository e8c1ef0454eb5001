import { mayDo, type Principal } from '../../domain/access/principal.js';
import { RatchetError } from '../../domain/errors/ratchet-error.js';
import { isKeptFromAuthors } from '../../domain/policy/program-log.js';
import { printableText } from '../../domain/printable.js';
import type { GatewayDeps } from '../deps.js';

const maxLogBytes = 64 * 1024 * 1024;

/**
 * The log of a step as text. Control characters other than line ends and tabs are shown, not sent. Errors: `NOT_FOUND`,
 * and `FORBIDDEN` for what a program of the organisation wrote, where the caller does not administer the platform.
 */
export async function readLog(
  deps: GatewayDeps,
  caller: Principal,
  runId: string,
  step: string,
): Promise<string> {
  await deps.runs.get(runId);
  if (isKeptFromAuthors(step) && !mayDo(caller, 'administer', null)) {
    const why = 'it has seen rows of the test split';
    throw new RatchetError('FORBIDDEN', `the log of ${step} is for administrators of the platform: ${why}`);
  }
  const logs = await deps.runs.logs(runId);
  const found = logs.find((log) => log.step === step);
  if (!found) {
    const known =
      openLogs(logs)
        .map((log) => log.step)
        .join(', ') || 'none yet';
    throw new RatchetError('NOT_FOUND', `run ${runId} has no log of the step "${step}"; there is ${known}`, {
      step,
    });
  }
  const bytes = await deps.blobs.getBytes(found, maxLogBytes);
  return printableText(new TextDecoder().decode(bytes));
}

/** Those that everybody who reads the run may read. */
export function openLogs<T extends { readonly step: string }>(logs: readonly T[]): readonly T[] {
  return logs.filter(({ step }) => !isKeptFromAuthors(step));
}
