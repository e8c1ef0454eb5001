import type { RunStatus } from '../domain/names.js';

/** Statuses of what is not over. */
export const openStatuses = ['running', 'waiting'] as const satisfies readonly RunStatus[];

export function isOpen(status: string): boolean {
  return (openStatuses as readonly string[]).includes(status);
}

/** What succeeds says so inside its own last step, which goes on to end itself. */
export function endsSteps(status: RunStatus): boolean {
  return !isOpen(status) && status !== 'succeeded';
}
