import { colors } from '../../cli/colors.js';
import { printLine } from '../../cli/print.js';

/** Shows the command that a reader would type for what happens next. */
export function tellCommand(command: string): void {
  printLine(`  ${colors.cyan('$')} ${colors.bold(`ratchet ${command}`)}`);
}

export function tell(text: string): void {
  printLine(`  ${text}`);
}

export function tellScene(number: number, title: string, about: string): void {
  printLine();
  printLine(colors.bold(`${number}. ${title}`));
  printLine(colors.dim(`   ${about}`));
}
