/** What a member may be in a project: the six who build and run models, who approves, who governs. */
export const roles = [
  'data-engineer',
  'data-scientist',
  'ml-engineer',
  'application-developer',
  'business-analyst',
  'it-operations',
  'reviewer',
  'admin',
] as const;
export type Role = (typeof roles)[number];

/**
 * What a caller may do. `public` needs no token, `account` any valid one; `administer` is of the whole platform, all
 * others are of a project.
 */
export const actions = [
  'public',
  'account',
  'read',
  'run',
  'tag',
  'project',
  'pull-data',
  'pull-model',
  'vote',
  'promote',
  'retire',
  'serve',
  'feedback',
  'audit',
  'administer',
] as const;
export type Action = (typeof actions)[number];

/** What each role may do in its project. What is not listed is denied; whether a stage takes a vote is for the stage. */
export const actionsOfRole: Readonly<Record<Role, readonly Action[]>> = {
  'data-engineer': ['read', 'run', 'tag', 'project', 'pull-data', 'vote', 'feedback'],
  'data-scientist': ['read', 'run', 'tag', 'project', 'pull-data', 'pull-model', 'vote', 'feedback'],
  'ml-engineer': [
    'read',
    'run',
    'tag',
    'project',
    'pull-data',
    'pull-model',
    'vote',
    'promote',
    'retire',
    'serve',
    'feedback',
  ],
  'application-developer': ['read', 'pull-model', 'vote', 'serve', 'feedback'],
  'business-analyst': ['read', 'vote', 'audit'],
  'it-operations': ['read', 'vote', 'serve', 'audit'],
  reviewer: ['read', 'vote', 'audit'],
  admin: [
    'read',
    'run',
    'tag',
    'project',
    'pull-data',
    'pull-model',
    'vote',
    'promote',
    'retire',
    'serve',
    'feedback',
    'audit',
  ],
};
