import { execFile } from 'node:child_process';
import { basename, delimiter, dirname } from 'node:path';
import { promisify } from 'node:util';
import { signalCommand } from '../../cli/approval-print.js';
import { answered } from '../../cli/open-client.js';
import { findTemporal } from '../../stack/parts/temporal-program.js';
import type { Demo } from './demo.js';
import { tell, tellCommand, tellShell } from './narrator.js';
import { clientOf, type Person } from './people.js';

const run = promisify(execFile);

/**
 * Votes as `ratchet approval vote --print-signal` does, and then runs exactly the command that it prints, with the
 * Temporal program of the stack.
 */
export async function voteBySignal(
  demo: Demo,
  person: Person,
  { project, subject }: { readonly project: string; readonly subject: string },
  reason: string,
): Promise<void> {
  tellCommand(
    `approval vote ${project}/${subject} approve --reason "${reason}" --print-signal --as ${person}`,
  );
  const client = await clientOf(demo, person);
  const receipt = await answered(
    client.POST('/api/v1/approvals/{project}/{subject}/{round}/votes', {
      params: { path: { project, subject, round: 'latest' } },
      body: { decision: 'approve', reason, deliver: 'none' },
    }),
  );
  const command = signalCommand(receipt, demo.stack.urls['temporal']);
  tellShell(command);
  const { stdout } = await run('sh', ['-c', command], {
    env: { ...process.env, PATH: await pathToTemporal() },
  });
  for (const line of stdout.trim().split('\n')) tell(line);
}

/** Where the word `temporal` is found, and is the program that the stack runs. */
async function pathToTemporal(): Promise<string> {
  const { path } = await findTemporal(() => undefined);
  if (basename(path) !== 'temporal') throw new Error(`${path} should have been called temporal`);
  return `${dirname(path)}${delimiter}${process.env['PATH'] ?? ''}`;
}
