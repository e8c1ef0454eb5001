import { actions, actionsOfRole, roles } from '../../domain/access/roles.js';

/** What each role may do in its project, as rows of a table: the role, then a word for every action of a project. */
export function rolesTable(): readonly (readonly string[])[] {
  const ofProject = actions.filter((action) => !['public', 'account', 'administer'].includes(action));
  return [
    ['role', ...ofProject],
    ...roles.map((role) => [
      role,
      ...ofProject.map((action) => (actionsOfRole[role].includes(action) ? 'yes' : '')),
    ]),
  ];
}
