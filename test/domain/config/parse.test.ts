import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { ConfigProblem } from '../../../domain/config/config-problem.js';
import { parseModel, parseProject, parseTable } from '../../../domain/config/configuration-files.js';
import { parseConfig } from '../../../domain/config/parse.js';
import { projectSchema } from '../../../domain/config/project.js';
import { RatchetError } from '../../../domain/errors/ratchet-error.js';

const project = `version: 1
project: flights
models:
  - name: late
    path: models/late
sources:
  company:
    kind: postgres
    connection: secret://company-db
`;

function refusal(run: () => unknown): RatchetError {
  try {
    run();
  } catch (error) {
    if (error instanceof RatchetError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}
const problems = (run: () => unknown) => refusal(run).details['problems'] as ConfigProblem[];
const projectProblems = (text: string) => problems(() => parseProject(text, 'ratchet.project.yaml'));

describe('parseConfig', () => {
  it('reads a good file and fills in the defaults', () => {
    const value = parseProject(project, 'ratchet.project.yaml');
    expect(value.sources['company']).toMatchObject({ statementTimeoutSeconds: 120 });
  });

  it('reads a file with a byte order mark and carriage returns', () => {
    expect(parseProject(`\ufeff${project.replaceAll('\n', '\r\n')}`, 'p').project).toBe('flights');
  });

  it('names file, line, column, path, what came and what is allowed in the message', () => {
    const text = project.replace('project: flights', 'project: Flights');
    expect(refusal(() => parseProject(text, 'ratchet.project.yaml'))).toMatchObject({
      code: 'CONFIG_INVALID',
      message:
        'ratchet.project.yaml:2:10: project is text "Flights", allowed is a name of lower case letters, digits and single dashes inside, that begins with a letter, of at most 63 characters',
    });
  });

  it('tells of every problem at once, in the order of the file', () => {
    const text = project
      .replace('version: 1', 'version: 2')
      .replace('flights', '3')
      .replace('postgres', 'oracle');
    expect(projectProblems(text)).toEqual([
      { file: 'ratchet.project.yaml', line: 1, column: 10, path: 'version', came: 'number 2', allowed: '1' },
      expect.objectContaining({ line: 2, column: 10, path: 'project', came: 'number 3' }),
      expect.objectContaining({
        line: 8,
        column: 11,
        path: 'sources.company.kind',
        came: 'text "oracle"',
        allowed: '"postgres", "s3" or "repository"',
      }),
    ]);
    expect(refusal(() => parseProject(text, 'f')).message).toMatch(
      /^f:1:10: version is .*; f:2:10: project is .*; f:8:11: sources\.company\.kind is /,
    );
  });

  it('points to an unknown key and suggests the nearest known one', () => {
    const text = project.replace('    connection:', '    conection:');
    expect(projectProblems(text)).toEqual([
      expect.objectContaining({ line: 7, column: 3, path: 'sources.company.connection', came: 'nothing' }),
      expect.objectContaining({
        line: 9,
        column: 5,
        path: 'sources.company.conection',
        came: 'an unknown key',
        allowed: 'one of kind, connection, statementTimeoutSeconds, maxRows (did you mean "connection"?)',
      }),
    ]);
  });

  it('points to the map that lacks a key', () => {
    const [problem] = projectProblems(project.replace('    kind: postgres\n', ''));
    expect(problem).toMatchObject({
      line: 7,
      column: 3,
      path: 'sources.company.kind',
      came: 'nothing',
      allowed: '"postgres", "s3" or "repository"',
    });
  });

  it('points into a list', () => {
    const [problem] = projectProblems(project.replace('path: models/late', 'path: ../late'));
    expect(problem).toMatchObject({ line: 5, column: 11, path: 'models[0].path', came: 'text "../late"' });
  });

  it('points to a key of a map that is not a name', () => {
    const [problem] = projectProblems(project.replace('  company:', '  Company DB:'));
    expect(problem).toMatchObject({
      line: 7,
      column: 3,
      path: 'sources.Company DB',
      came: 'the key text "Company DB"',
    });
  });

  it('never repeats what stands where a secret is named', () => {
    const text = project.replace('secret://company-db', 'postgres://me:hunter2@db/company');
    const error = refusal(() => parseProject(text, 'f'));
    expect(JSON.stringify([error.message, error.details])).not.toContain('hunter2');
    expect(error.message).toContain('a text of 32 characters');
  });

  it('never repeats a number that stands where a secret is named', () => {
    const error = refusal(() => parseProject(project.replace('secret://company-db', '77421'), 'f'));
    expect(JSON.stringify([error.message, error.details])).not.toContain('77421');
  });

  it('cuts a long value in the message', () => {
    const error = refusal(() => parseProject(project.replace('flights', 'x'.repeat(5000)), 'f'));
    expect(error.message.length).toBeLessThan(400);
  });

  it.each([
    ['limits.minutes', 'minutes: ten', 'text "ten"', 'a number above 0 and of at most 10080'],
    ['limits.memoryMiB', 'memoryMiB: 1.5', 'number 1.5', 'a whole number of at least 64'],
    ['limits.outputMiB', 'outputMiB: 4000', 'number 4000', 'a whole number from 1 to 1024'],
    ['limits.minutes', 'minutes: .nan', 'number NaN', 'a number above 0 and of at most 10080'],
    ['limits.minutes', 'minutes:', 'nothing', 'a number above 0 and of at most 10080'],
    ['limits.minutes', 'minutes: [1]', 'a list of 1', 'a number above 0 and of at most 10080'],
  ])('tells the range of %s for "%s"', (path, line, came, allowed) => {
    const schema = z.strictObject({
      limits: z.strictObject({
        minutes: z.number().positive().max(10_080).default(60),
        memoryMiB: z.int().min(64).default(64),
        outputMiB: z.int().min(1).max(1024).default(64),
      }),
    });
    expect(problems(() => parseConfig(schema, `limits:\n  ${line}\n`, 'f'))).toEqual([
      expect.objectContaining({ line: 2, path, came, allowed }),
    ]);
  });

  it.each([
    [
      'a list',
      z.array(z.int()).min(1),
      'a: []',
      'a list of 0',
      'a list of 1 or more items, each a whole number',
    ],
    ['a flag', z.boolean(), 'a: yes', 'text "yes"', 'true or false'],
    ['either', z.union([z.string(), z.number()]), 'a: true', 'true', 'a text or a number'],
    ['a map', z.record(z.string(), z.int()), 'a: 3', 'number 3', 'a map of names, each to a whole number'],
    [
      'an instant',
      z.iso.datetime({ offset: true }),
      'a: today',
      'text "today"',
      'an instant such as 2013-04-01T00:00:00Z',
    ],
    ['an address', z.url(), 'a: here', 'text "here"', 'an address such as https://host:port'],
    ['a text', z.string().min(10), 'a: short', 'text "short"', 'a text of 10 or more characters'],
  ])('says what %s is', (_, field, text, came, allowed) => {
    expect(problems(() => parseConfig(z.strictObject({ a: field }), text, 'f'))).toEqual([
      expect.objectContaining({ path: 'a', came, allowed }),
    ]);
  });
});

describe('parseConfig on what is not one plain YAML map', () => {
  it.each<[string, string, number, number, string]>([
    ['a tab', 'version: 1\n\tproject: x', 2, 1, 'a tab in the indentation'],
    ['an open bracket', 'a: [1, 2', 1, 9, 'indented differently'],
    ['an open quote', 'a: "x', 1, 6, 'an unfinished text'],
    ['two colons in a line', 'a: b: c', 1, 4, 'a second ": " in one line'],
    ['an uneven map', 'a:\n  - b\n c: d', 3, 1, 'indented differently'],
    ['a key twice', 'a: 1\nb:\n  c: 1\n  c: 2', 4, 3, 'a second key "c"'],
    ['an alias', 'a: &x [1]\nb: *x', 1, 7, 'a value with an anchor'],
    ['a tag', 'a: !!binary aGk=', 1, 13, 'a value with a tag'],
    ['an unknown tag', 'a: !python/object x', 1, 4, 'a tag (!)'],
    ['a key that is a number', '1: x', 1, 1, 'a key that is not a text'],
    ['a key that is a list', '? [a]\n: x', 1, 3, 'a key that is not a text'],
    ['a key that changes the prototype', '__proto__: {a: 1}', 1, 1, 'the key "__proto__"'],
    ['two documents', 'a: 1\n---\nb: 2', 2, 1, 'followed by a second YAML document'],
    ['nothing', '', 1, 1, 'empty'],
    ['comments alone', '# nothing\n', 1, 1, 'empty'],
  ])('refuses %s', (_, text, line, column, came) => {
    expect(problems(() => parseConfig(projectSchema, text, 'f'))[0]).toMatchObject({
      file: 'f',
      line,
      column,
      path: '',
      came: expect.stringContaining(came),
    });
  });

  it('refuses a text where a map is asked for', () => {
    expect(problems(() => parseConfig(projectSchema, 'just words', 'f'))[0]).toMatchObject({
      came: 'text "just words"',
      allowed:
        'a map with the keys version, project, description, models, sources, members, changes, organisation, tracked, rules, budgets, notifications',
    });
  });

  it.each([
    ['lists in one line', '- '.repeat(20_000)],
    ['keys in one line', '? '.repeat(20_000)],
    ['brackets', '['.repeat(100_000)],
    ['braces', '{a: '.repeat(50_000)],
  ])('refuses deeply nested %s without using up the stack', (_, text) => {
    expect(problems(() => parseConfig(projectSchema, `${text}x`, 'f'))[0]?.came).toBe('nested too deeply');
  });

  it('refuses a bomb of aliases without unfolding it', () => {
    const levels = Array.from({ length: 9 }, (_, n) => `l${n + 1}: &l${n + 1} [${`*l${n},`.repeat(9)}]`);
    const text = ['l0: &l0 [lol]', ...levels].join('\n');
    expect(problems(() => parseConfig(projectSchema, text, 'f'))).toHaveLength(91);
  });

  it('refuses a huge file before reading it', () => {
    expect(problems(() => parseConfig(projectSchema, 'a: 1\n'.repeat(200_000), 'f'))).toEqual([
      expect.objectContaining({ came: '1000000 characters long', allowed: 'at most 262144 characters' }),
    ]);
  });

  it('keeps the first hundred of very many problems', () => {
    const text = Array.from({ length: 20_000 }, (_, n) => `k${n}: 1`).join('\n');
    const error = refusal(() => parseConfig(projectSchema, text, 'f'));
    expect(error.details['problems']).toHaveLength(100);
    expect(error.message).toContain('(and 20001 more)');
  });
});

describe('files held against themselves', () => {
  it('refuses two models of one name', () => {
    const text = project.replace('sources:', '  - name: late\n    path: models/other\nsources:');
    expect(projectProblems(text)).toEqual([
      expect.objectContaining({ line: 6, column: 11, path: 'models[1].name', came: 'late a second time' }),
    ]);
  });

  it('refuses a table whose key is not read', () => {
    const text = 'version: 1\nname: t\nsource: s\ncolumns: {a: string}\nrowKey: [b]\n';
    expect(problems(() => parseTable(text, 'tables/t.yaml'))).toEqual([
      expect.objectContaining({ line: 5, column: 10, path: 'rowKey[0]', allowed: 'one of a' }),
    ]);
  });

  it('says the shape before anything else', () => {
    const { message } = refusal(() => parseModel('version: 1', 'ratchet.yaml'));
    expect(message).toMatch(
      /^ratchet\.yaml:1:1: model is nothing, allowed is a name of lower case letters, digits and single dashes inside, that begins with a letter, of at most 63 characters; ratchet/,
    );
    expect(message).toMatch(/ \(and 2 more\)$/);
  });
});
