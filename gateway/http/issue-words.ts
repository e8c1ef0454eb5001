import type { z } from '@hono/zod-openapi';
import { choiceText } from '../../domain/config/value-text.js';

type Issue = z.core.$ZodIssue;

/** What may stand at the place of an issue, as it follows "allowed is". */
export function allowedWords(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return typeWords[issue.expected] ?? issue.expected;
    case 'invalid_value':
      return choiceText(issue.values);
    case 'too_small':
      return boundWords(issue.origin, 'at least', Number(issue.minimum));
    case 'too_big':
      return boundWords(issue.origin, 'at most', Number(issue.maximum));
    default:
      return issue.message.replace(/^allowed is /, '');
  }
}

const typeWords: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  object: 'a map of keys',
  array: 'a list',
};

function boundWords(origin: string, side: string, bound: number): string {
  if (origin !== 'string') return `a number of ${side} ${bound}`;
  return side === 'at least' && bound === 1
    ? 'a text that is not empty'
    : `a text of ${side} ${bound} characters`;
}
