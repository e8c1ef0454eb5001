import { printableText } from '../domain/printable.js';
import { printJson, printNote } from './print.js';

/** The log of a step, of which a terminal obeys nothing. */
export function printLog(step: string, text: string, asJson: boolean): void {
  if (asJson) printJson({ step, text });
  else if (text === '') printNote(`the ${step} step wrote nothing`);
  else {
    const shown = printableText(text);
    process.stdout.write(shown === '' || shown.endsWith('\n') ? shown : `${shown}\n`);
  }
}
