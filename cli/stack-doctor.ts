import type { Command } from 'commander';
import { examine } from '../stack/doctor/examine.js';
import { colors } from './colors.js';
import { exitCodes } from './exit-codes.js';
import { printJson, printTable } from './print.js';
import { type StackFolderOptions, withStackFolder } from './stack-folder.js';

interface DoctorOptions extends StackFolderOptions {
  readonly json?: boolean;
}

/** `ratchet doctor`. */
export function registerDoctor(program: Command): void {
  withStackFolder(program.command('doctor'))
    .description('what this machine has and lacks, and the command that mends it')
    .option('--json', 'print JSON for programs')
    .addHelpText('after', '\nEnds with 5 where something is missing.\n\nExample:\n  ratchet doctor')
    .action(async ({ stateDir, json }: DoctorOptions) => {
      const findings = await examine(stateDir, process.env);
      if (findings.some(({ status }) => status === 'missing')) process.exitCode = exitCodes.unavailable;
      if (json === true) return printJson({ findings });
      printTable(
        ['what', 'status', 'found', 'mend it with'],
        findings.map(({ name, status, found, mend }) => [name, status, found, mend ?? '']),
        'nothing was examined',
      );
      if (findings.every(({ mend }) => mend === null)) console.log(colors.green('nothing to mend'));
    });
}
