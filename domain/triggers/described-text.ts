import { canonicalText } from '../canonical-text.js';

/** What the server of the schedules says of one. */
export interface Described {
  readonly spec: unknown;
  readonly policies: unknown;
  readonly action: { readonly workflowType: unknown; readonly taskQueue: unknown; readonly args?: unknown };
}

/** That, without what changes by itself: equal schedules have equal texts. Who remembers one keeps the digest of it. */
export function describedText({ spec, policies, action }: Described): string {
  const { workflowType, taskQueue, args } = action;
  // As JSON has it: dates and typed arrays of the server's answer have no other order than their text.
  const plain: unknown = JSON.parse(JSON.stringify({ spec, workflowType, taskQueue, args, policies }));
  return canonicalText(plain);
}
