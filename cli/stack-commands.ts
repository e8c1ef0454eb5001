import type { Command } from 'commander';
import { registerDoctor } from './stack-doctor.js';
import { registerDown } from './stack-down.js';
import { registerStatus } from './stack-status.js';
import { registerUp } from './stack-up.js';

/** `ratchet up | down | status | doctor`: the embedded stack, without a gateway in between. */
export function registerStackCommands(program: Command): void {
  for (const register of [registerUp, registerDown, registerStatus, registerDoctor]) register(program);
}
