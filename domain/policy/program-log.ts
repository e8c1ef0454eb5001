import type { PolicyOrigin } from './merge-policies.js';

const folders: Readonly<Record<PolicyOrigin, string>> = { model: 'policy', organisation: 'organisation' };

/** The name under which a run keeps what a program of a policy wrote while it judged the version of that run. */
export function programLogStep(origin: PolicyOrigin, program: string): string {
  return `${folders[origin]}-${program}`;
}

/**
 * Programs of the organisation see test rows, and could print them: their logs are for administrators of the platform,
 * and nobody who trains models can read them.
 */
export function isKeptFromAuthors(step: string): boolean {
  return step.startsWith(`${folders.organisation}-`);
}
