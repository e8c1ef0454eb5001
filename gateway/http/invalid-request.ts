import type { Hook, z } from '@hono/zod-openapi';
import { valueAt } from '../../domain/config/schema-at.js';
import { maskedText, valueText } from '../../domain/config/value-text.js';
import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { GatewayEnv } from './env.js';
import { allowedWords } from './issue-words.js';

/** The parts of a request as people call them. */
const partNames: Readonly<Record<string, string>> = { json: 'body', param: 'path' };

/** A request that does not fit its schema. */
export const invalidRequest: Hook<unknown, GatewayEnv, string, unknown> = (result) => {
  if (result.success) return;
  const data = 'data' in result ? result.data : undefined;
  throw notFitting(partNames[result.target] ?? result.target, data, result.error);
};

/** Every problem of a part of a request by place, in one error. */
export function notFitting(
  part: string,
  data: unknown,
  { issues }: Pick<z.core.$ZodError, 'issues'>,
): RatchetError {
  const problems = issues.flatMap((issue) => {
    const steps = issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step));
    const at = [part, ...steps].join('.');
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map((key) => `${at} has the unknown key "${key}"`);
    return `${at} is ${shown(valueAt(data, steps))}: allowed is ${allowedWords(issue)}`;
  });
  return new RatchetError('REQUEST_INVALID', problems.join('; '), { problems });
}

/** An address with an account in it may hold a password. */
function shown(value: unknown): string {
  return typeof value === 'string' && /:\/\/[^/]*@/.test(value) ? maskedText(value) : valueText(value);
}
