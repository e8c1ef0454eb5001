import { describe, expect, it } from 'vitest';
import { parseProject } from '../../../domain/config/configuration-files.js';

const base = `version: 1
project: flights
models:
  - {name: late, path: models/late, owner: dana}
  - {name: early, path: models/early}
sources: {}
members:
  - {name: dana, emails: [dana@example.com], roles: [data-scientist]}
  - {name: bot, roles: [data-scientist]}
`;
function problems(
  lines: string,
  text = base + lines,
): readonly { path: string; came: string; allowed: string }[] {
  try {
    parseProject(text, 'ratchet.project.yaml');
  } catch (error) {
    return (error as { details: { problems: ReturnType<typeof problems> } }).details.problems;
  }
  return [];
}
const patterns = (count: number) => `[${Array.from({ length: count }, (_, at) => `a/${at}/**`).join(', ')}]`;
const rules = (count: number, of: number) =>
  `rules:\n${`  - {paths: ${patterns(of)}, effect: nothing}\n`.repeat(count)}`;

describe('what a project follows', () => {
  it('is right where it is right', () => {
    const lines = `tracked: {branch: main, paths: [models/**], every: 1 day}
rules:
  - {paths: [shared/**], effect: train, models: [late, early]}
  - {paths: [vendor/**], effect: nothing}
budgets: {runsPerWeek: 3, computeMinutesPerWeek: 90.5}
notifications:
  letters: {kind: mail, server: "secret://smtp", from: ratchet@example.com, to: [a@example.com, b@example.com]}
  team: {kind: mail, server: "secret://smtp", from: ratchet@example.com}
  chat: {kind: slack, url: "secret://chat"}
`;
    expect(problems(lines)).toEqual([]);
    expect(problems(rules(10, 100))).toEqual([]);
  });

  const mail = (to: string) =>
    `notifications:\n  letters: {kind: mail, server: "secret://smtp", from: r@example.com, to: ${to}}\n`;
  it.each([
    [
      'rules: [{paths: [a], effect: train, models: [late, erly]}]\n',
      'rules[0].models[1]',
      'erly, which the project does not have',
      'a name of "models" (did you mean "early"?)',
    ],
    [
      'rules: [{paths: [a], effect: nothing, models: [late]}]\n',
      'rules[0].models',
      'given for the effect "nothing"',
      'this key only for "train" or "serving"',
    ],
    [rules(11, 91), 'rules', '1001 patterns together', 'at most 1000'],
    ['tracked: {every: 25 hours}\n', 'tracked.every', '25 hours', 'at most 1 day'],
    [
      mail('[a@example.com, A@Example.com]'),
      'notifications.letters.to[1]',
      'A@Example.com a second time',
      'each address once',
    ],
    [
      mail('[nobody]'),
      'notifications.letters.to[0]',
      'text "nobody"',
      'a mail address such as ann@example.com',
    ],
  ])('%s is told', (lines, path, came, allowed) => {
    expect(problems(lines)).toEqual([expect.objectContaining({ path, came, allowed })]);
  });

  it('has owners of models that are members', () => {
    expect(problems('', base.replace('owner: dana', 'owner: dane'))).toEqual([
      expect.objectContaining({
        path: 'models[0].owner',
        came: 'dane, who is no member',
        allowed: 'a name of "members" (did you mean "dana"?)',
      }),
    ]);
  });

  it('has letters that somebody gets', () => {
    expect(problems('', base.replace('[dana@example.com]', '[]') + mail('[]'))).toEqual([
      expect.objectContaining({
        path: 'notifications.letters.to',
        came: 'no address, and none of a member',
        allowed: 'somebody who gets the letters',
      }),
    ]);
  });
});
