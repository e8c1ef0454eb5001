import { z } from '@hono/zod-openapi';
import { roles } from '../../domain/access/roles.js';
import { line } from './text.js';

/** The address becomes a workflow id, which Temporal bounds and shows to everybody who may see workflows. */
const repository = line(800)
  .refine((repo) => !holdsCredentials(repo), 'an address without user name and password in it')
  .describe('Address of the repository: https, ssh, or a local path where the settings allow it.');

export const addProjectSchema = z
  .strictObject({ repo: repository, ref: line(250).default('main').describe('Branch that is tracked.') })
  .openapi('AddProject');

export const projectSchema = z
  .object({
    name: z.string(),
    repo: z.string(),
    ref: z.string(),
    commit: z.string(),
    organisation: z.boolean().describe('Whether its policy.yaml holds for every project.'),
    models: z.array(z.string()),
    sources: z.array(z.object({ name: z.string(), kind: z.string() })),
    updatedAt: z.string(),
  })
  .openapi('Project');

/** A project that was read, and what of it waits for people. */
export const appliedProjectSchema = projectSchema
  .extend({
    change: z
      .object({
        approval: z.string().describe('The approval that asks for it.'),
        differences: z.string().describe('What would change, in a line.'),
      })
      .nullable()
      .describe('Members, changes, sources and policies that wait for approval; null where all is in force.'),
  })
  .openapi('AppliedProject');

/** `ssh://git@host/path` names an account; a password, or a token in the place of a name, is a secret. */
function holdsCredentials(repo: string): boolean {
  if (!URL.canParse(repo)) return false;
  const { protocol, username, password } = new URL(repo);
  return password !== '' || (protocol !== 'ssh:' && username !== '');
}

export const memberSchema = z
  .object({
    account: z.string(),
    roles: z.array(z.enum(roles)),
    emails: z.array(z.string()).describe('By which Git knows them.'),
    commit: z.string().describe('Commit of ratchet.project.yaml that says so.'),
  })
  .openapi('Member');
