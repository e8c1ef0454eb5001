import { createColors } from 'picocolors';

/**
 * Colours for a terminal, and for nobody else: text in a file or a pipe has no escape sequences, whatever else the
 * environment says. `NO_COLOR` switches them off.
 */
export function wantsColors(env: Readonly<Record<string, string | undefined>>, isTerminal: boolean): boolean {
  return isTerminal && (env['NO_COLOR'] ?? '') === '' && env['TERM'] !== 'dumb';
}

export const colors = createColors(wantsColors(process.env, process.stdout.isTTY === true));
