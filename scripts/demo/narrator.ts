import { colors } from '../../cli/colors.js';
import { printLine } from '../../cli/print.js';

/** Shows the command that a reader would type for what happens next. */
export function tellCommand(command: string): void {
  tellShell(`ratchet ${command}`);
}

/** The same for a command of another program. */
export function tellShell(command: string): void {
  printLine(`  ${colors.cyan('$')} ${colors.bold(command)}`);
}

export function tell(text: string): void {
  printLine(`  ${text}`);
}

export function tellScene(number: number, title: string, about: string): void {
  printLine();
  printLine(colors.bold(`${number}. ${title}`));
  printLine(colors.dim(`   ${about}`));
}
