import type { Notifier } from '../../../domain/ports/notifier.js';

/** Puts words to people into the log, where nothing reaches them otherwise. */
export function createLogNotifier(write: (message: string, facts: object) => void): Notifier {
  return {
    tell: async ({ to, project, about, text }) => write(text, { to, project, about }),
  };
}
