import type { ConfigFinding } from './config-problem.js';
import { longDurations } from './longest-durations.js';
import { nearestName } from './nearest-name.js';
import type { ProjectConfig } from './project.js';
import type { PathRule } from './tracking.js';

/** What the shape of `tracked`, `rules`, `notifications` and the owners of models cannot say by itself. */
export function checkTracking(project: ProjectConfig): ConfigFinding[] {
  return [
    ...longDurations([[['tracked', 'every'], project.tracked.every, '1 day']]),
    ...checkRules(project),
    ...checkOwners(project),
    ...checkLetters(project),
  ];
}

/** All patterns of all rules are held against every file of a push. */
const mostPatterns = 1000;

function checkRules(project: ProjectConfig): ConfigFinding[] {
  const { rules } = project;
  const count = rules.reduce((sum, { paths }) => sum + paths.length, 0);
  const came = `${count} patterns together`;
  const many = count > mostPatterns ? [{ path: ['rules'], came, allowed: `at most ${mostPatterns}` }] : [];
  return [...rules.flatMap((rule, at) => checkRuleModels(rule, at, project)), ...many];
}

function checkRuleModels(
  { effect, models: about }: PathRule,
  at: number,
  { models }: ProjectConfig,
): ConfigFinding[] {
  if (about === undefined) return [];
  const path = ['rules', at, 'models'];
  const names = models.map(({ name }) => name);
  const unknown = about.flatMap((name, place): ConfigFinding[] => {
    if (names.includes(name)) return [];
    const came = `${name}, which the project does not have`;
    return [{ path: [...path, place], came, allowed: `a name of "models"${hint(name, names)}` }];
  });
  if (effect === 'train' || effect === 'serving') return unknown;
  const came = `given for the effect "${effect}"`;
  const useless: ConfigFinding = { path, came, allowed: 'this key only for "train" or "serving"', at: 'key' };
  return [...unknown, useless];
}

function checkOwners({ models, members }: ProjectConfig): ConfigFinding[] {
  const names = members.map(({ name }) => name);
  return models.flatMap(({ owner }, at): ConfigFinding[] =>
    owner === undefined || names.includes(owner)
      ? []
      : [
          {
            path: ['models', at, 'owner'],
            came: `${owner}, who is no member`,
            allowed: `a name of "members"${hint(owner, names)}`,
          },
        ],
  );
}

const hint = (name: string, names: readonly string[]) => {
  const near = nearestName(name, names);
  return near === undefined ? '' : ` (did you mean "${near}"?)`;
};

/** Letters reach somebody, and nobody twice. */
function checkLetters({ notifications, members }: ProjectConfig): ConfigFinding[] {
  const isAnyoneKnown = members.some(({ emails }) => emails.length > 0);
  return Object.entries(notifications).flatMap(([name, target]): ConfigFinding[] => {
    if (target.kind !== 'mail') return [];
    const addresses = target.to.map((address) => address.toLowerCase());
    const path = ['notifications', name, 'to'];
    if (addresses.length === 0 && !isAnyoneKnown)
      return [{ path, came: 'no address, and none of a member', allowed: 'somebody who gets the letters' }];
    return addresses.flatMap((address, at): ConfigFinding[] =>
      addresses.indexOf(address) === at
        ? []
        : [{ path: [...path, at], came: `${target.to[at]} a second time`, allowed: 'each address once' }],
    );
  });
}
