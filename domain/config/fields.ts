import { z } from 'zod';
import { namePattern } from '../names.js';
import { endpointVariable, endpointVariableWords } from '../serving/host-variables.js';
import { forms } from './forms.js';

/** A text field of a stated form. */
function textOf(pattern: RegExp, words: string) {
  return z.string().regex(pattern, words).register(forms, { words });
}

export const configVersion = z.literal(1).describe('Version of this file format. Always 1.');

export const nameField = textOf(
  namePattern,
  'a name of lower case letters, digits and single dashes inside, that begins with a letter, of at most 63 characters',
);

/** Such as the reverse host names that CloudEvents ask for: `com.example.prices.updated`. */
export const eventNameField = textOf(
  /^(?=.{1,200}$)[A-Za-z][A-Za-z0-9]*(?:[._/:-][A-Za-z0-9]+)*$/,
  'the type of an event, of letters, digits and single . _ / : - inside, that begins with a letter, of at most 200 characters',
);

export const columnName = textOf(
  /^(?!__)[A-Za-z_][A-Za-z0-9_]{0,62}$/,
  'a column name of letters, digits and underscores, of at most 63 characters, not beginning with two underscores',
);

export const environmentName = textOf(endpointVariable, endpointVariableWords);

const pathWords = 'a path relative to the repository, with forward slashes and without ..';

/** A path inside the repository: relative, without `..`, with forward slashes. */
export const repositoryPath = z
  .string()
  .min(1)
  .max(512)
  .refine(
    (path) => !path.startsWith('/') && !/[\\\p{Cc}]/u.test(path) && !path.split('/').includes('..'),
    pathWords,
  )
  .register(forms, { words: pathWords });

const secretWords = 'a secret by its name, as secret://<name>; its value never stands in Git';

export const secretReference = z
  .string()
  .regex(/^secret:\/\/[a-z][a-z0-9-]{0,62}$/, secretWords)
  .register(forms, { words: secretWords, masked: true });

export const columnType = z.enum(['string', 'integer', 'double', 'boolean', 'timestamp', 'date']);
export type ColumnType = z.infer<typeof columnType>;

/** `24 hours`, `7 days`, `30 minutes`. */
export const durationField = textOf(
  /^[1-9][0-9]{0,5} (second|minute|hour|day)s?$/,
  'a number and a unit, such as "30 minutes", "24 hours", "7 days"',
);

export const isoDate = textOf(/^\d{4}-\d{2}-\d{2}$/, 'a date written as 2013-03-15');
