import { stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Command } from 'commander';
import { RatchetError } from '../domain/errors/ratchet-error.js';
import { printableLine } from '../domain/printable.js';
import type { CheckedFile } from './config-check/check-file.js';
import type { PolicyFolder } from './policy-check/model-policies.js';
import type { PolicyTestFile } from './policy-check/policy-tests.js';
import { registerPolicyExplain } from './policy-explain.js';
import { printJson, printLine } from './print.js';

/** `ratchet policy check|test`, which work on files alone, and `explain`. */
export function registerPolicyCommands(program: Command): void {
  const policy = program.command('policy').description('what a model version needs to become champion');
  registerCheck(policy);
  registerTest(policy);
  registerPolicyExplain(policy);
}

function registerCheck(policy: Command): void {
  policy
    .command('check [folder-or-file]')
    .description('every policy of a repository: file, line, column, what came, what is allowed')
    .option('--json', 'print JSON for programs')
    .addHelpText('after', '\nExample:\n  ratchet policy check ./flight-delay')
    .action(async (path: string | undefined, options: { json?: boolean }) => {
      const files = (await namedBy(path)).policies.map(({ checked }) => checked);
      if (options.json) printJson({ files });
      else for (const file of files) printFile(file);
      refuse(files);
    });
}

function registerTest(policy: Command): void {
  policy
    .command('test [folder]')
    .description('tries the cases of policy-tests/*.yaml beside every policy of a repository')
    .option('--json', 'print JSON for programs')
    .addHelpText('after', '\nExample:\n  ratchet policy test ./flight-delay')
    .action(async (folder: string | undefined, options: { json?: boolean }) => {
      const { runPolicyTests } = await import('./policy-check/policy-tests.js');
      const files = await runPolicyTests(await someOf(folder));
      if (files.length === 0)
        throw new RatchetError('CONFIG_MISSING', 'there is no policy-tests/*.yaml beside a policy', {
          folder,
        });
      if (options.json) printJson({ files });
      else for (const file of files) printCases(file);
      refuse(files.map(({ checked }) => checked));
      const wrong = files.flatMap(({ cases }) => cases).filter(({ ok }) => !ok).length;
      if (wrong > 0)
        throw new RatchetError('CONFIG_INVALID', `${wrong} ${wrong === 1 ? 'case is' : 'cases are'} wrong`);
    });
}

async function someOf(folder: string | undefined): Promise<PolicyFolder> {
  // The CEL library takes a while to load, which other commands should not wait for.
  const { findPolicies } = await import('./policy-check/model-policies.js');
  const root = resolve(folder ?? '.');
  const found = await findPolicies(root);
  if (found.policies.length > 0) return found;
  throw new RatchetError('CONFIG_MISSING', `there is no policy.yaml in ${root} or beside its models`, {
    root,
  });
}

/** The policies of a folder, or the one that is named. */
async function namedBy(path: string | undefined): Promise<PolicyFolder> {
  const file = resolve(path ?? '.');
  const isFile = (await stat(file).catch(() => undefined))?.isFile() === true;
  return isFile ? onlyFile(await someOf(dirname(file)), file) : await someOf(path);
}

function onlyFile(found: PolicyFolder, file: string): PolicyFolder {
  const policies = found.policies.filter(({ checked }) => join(dirname(file), checked.file) === file);
  if (policies.length > 0) return { ...found, policies };
  const allowed = 'allowed is a folder, or a policy.yaml or policy-<name>.yaml';
  throw new RatchetError('CONFIG_MISSING', `${file} is no policy: ${allowed}`, { file });
}

function printFile({ file, ok, problems }: CheckedFile): void {
  if (ok) printLine(`ok     ${printableLine(file)}`);
  for (const { text } of problems) printLine(`wrong  ${printableLine(text)}`);
}

function printCases({ checked, cases }: PolicyTestFile): void {
  printFile(checked);
  for (const { name, ok, differences } of cases) {
    printLine(`${ok ? '  ok     ' : '  wrong  '}${printableLine(name)}`);
    for (const difference of differences) printLine(`         ${printableLine(difference)}`);
  }
}

function refuse(files: readonly CheckedFile[]): void {
  const wrong = files.filter(({ ok }) => !ok).length;
  if (wrong > 0)
    throw new RatchetError(
      'CONFIG_INVALID',
      `${wrong} of ${files.length} files ${wrong === 1 ? 'is' : 'are'} wrong`,
    );
}
