import { z } from '@hono/zod-openapi';
import { type Action, actions, roles } from '../../domain/access/roles.js';
import { nameField } from '../../domain/config/fields.js';
import { accountKinds, signInMethods } from '../../domain/ports/accounts.js';
import { line } from './text.js';

const instant = z.string().describe('ISO-8601, UTC.');

/** What a token can be narrowed to; the others need no leave. */
const narrowing = actions.filter((action) => action !== 'public' && action !== 'account');
const scopes = z
  .array(z.enum(actions))
  .nullable()
  .describe('All that the token may do; null for all that its account may.');

export const accountSchema = z
  .object({
    name: z.string(),
    kind: z.enum(accountKinds),
    email: z.string().nullable().describe('Address by which OpenID Connect knows the person.'),
    admin: z.boolean(),
    disabledAt: instant.nullable(),
    createdAt: instant,
  })
  .openapi('Account');

export const addAccountSchema = z
  .strictObject({
    name: nameField.describe('Name of the account, as in the members of a project.'),
    kind: z.enum(accountKinds).default('person'),
    email: z.email().max(254).optional().describe('Address that OpenID Connect verifies; for people alone.'),
    admin: z.boolean().default(false).describe('Administers the platform, and may not vote by that.'),
    code: z
      .boolean()
      .default(true)
      .describe('Whether a person gets a set-up code at once; another can be had at any time.'),
  })
  .openapi('AddAccount');

export const setUpCodeSchema = z
  .object({
    account: z.string(),
    code: z
      .string()
      .nullable()
      .describe('For `ratchet sign-in --code`, once; null where there is none to give.'),
    expiresAt: instant.nullable(),
  })
  .openapi('SetUpCode');

export const signInSchema = z
  .strictObject({
    code: line(100).describe('A set-up code, or what the page after OpenID Connect shows.'),
    label: line(100).default('sign-in').describe('What the token is called in lists.'),
  })
  .openapi('SignIn');

export const signedInSchema = z
  .object({
    account: z.string(),
    token: z.string().describe('Shown this once.'),
    id: z.string(),
    expiresAt: instant,
  })
  .openapi('SignedIn');

export const tokenSchema = z
  .object({
    id: z.string(),
    account: z.string(),
    label: z.string(),
    method: z.enum(signInMethods),
    scopes,
    onlyProject: z.string().nullable(),
    expiresAt: instant,
    lastUsedAt: instant.nullable().describe('To the minute.'),
    revokedAt: instant.nullable(),
    createdAt: instant,
  })
  .openapi('Token');

export const addTokenSchema = z
  .strictObject({
    label: line(100).describe('What it is for, in a word.'),
    account: nameField.optional().describe('A machine account, for administrators. Default: your own.'),
    scopes: z
      .array(z.enum(narrowing as [Action, ...Action[]]))
      .min(1)
      .max(actions.length)
      .optional(),
    project: nameField.optional().describe('The one project that it is for.'),
    days: z.int().min(1).max(366).default(90).describe('How long it is good.'),
  })
  .openapi('AddToken');

export const whoamiSchema = z
  .object({
    account: z.string(),
    kind: z.enum(accountKinds),
    admin: z.boolean(),
    method: z.enum(signInMethods).describe('How the caller proved who they are.'),
    scopes,
    onlyProject: z.string().nullable(),
    expiresAt: instant.nullable().describe("When the token is over; null for the stack's own."),
    roles: z.record(z.string(), z.array(z.enum(roles))).describe('By project.'),
    may: z.record(z.string(), z.array(z.enum(actions))).describe('What this token may do, by project.'),
  })
  .openapi('Whoami');
