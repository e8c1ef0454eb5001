import { runCli } from '../../cli/run-cli.js';
import type { Demo } from './demo.js';
import { tellCommand } from './narrator.js';

/**
 * Shows a command and runs it as its user would, with what it prints. A demo that does not come out as told is a failure
 * of the demo: the exit code is 0 unless told otherwise.
 */
export async function runRatchet(demo: Demo, words: readonly string[], expected = 0): Promise<void> {
  tellCommand(words.map(quoted).join(' '));
  // Commands on files alone ask no stack.
  const ofFiles = words[0] === 'policy' && words[1] !== 'explain';
  const state = ofFiles ? [] : ['--state-dir', demo.stack.stateDir];
  const exitCode = await runCli([...words, ...state]);
  if (exitCode !== expected)
    throw new Error(
      `ratchet ${words.join(' ')} should have ended with ${expected}; it ended with ${exitCode}`,
    );
}

/** For a shell of POSIX. */
export const quoted = (word: string) =>
  /^[\w.,:/@=-]+$/.test(word) ? word : `"${word.replaceAll(/["\\$`]/g, String.raw`\$&`)}"`;
