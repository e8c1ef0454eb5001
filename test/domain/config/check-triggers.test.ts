import { describe, expect, it } from 'vitest';
import { checkTriggerSources } from '../../../domain/config/check-trigger-sources.js';
import { parseModel, parseProject } from '../../../domain/config/configuration-files.js';
import { triggersSchema } from '../../../domain/config/triggers.js';

const base = `version: 1
model: late
purpose:
  intendedUse: Tells which flights are late
  prohibitedUses: [any other]
  affectedGroups: [passengers]
  sensitiveColumns: []
dataset:
  name: late
  tables: [flights]
  examples: examples.sql
  key: [id]
  label: late
  split: {by: hash, validation: 0.2, test: 0.2}
training:
  path: training
  command: [python, train.py]
  environment: {kind: none}
  algorithm: a
  variants: {deep: {algorithm: b}}
evaluation: {task: classification, inputs: [x], output: p, primary: rocAuc}
triggers:
`;
/** What is wrong with a file that ends with these lines. */
function problems(lines: string): readonly { path: string; came: string; allowed: string; line: number }[] {
  try {
    parseModel(base + lines, 'ratchet.yaml');
  } catch (error) {
    return (error as { details: { problems: ReturnType<typeof problems> } }).details.problems;
  }
  return [];
}

const good = `  push: {paths: [shared/**]}
  schedules:
    nightly: {cron: 30 2 * * mon-fri, timeZone: Europe/Amsterdam, variant: deep, jitter: 5 minutes}
    often: {every: 6 hours, jitter: 10 minutes}
  newData:
    rows: {source: db, query: "select max(at) watermark, count(*) rows from t where at > $1", lateness: 2 days}
    files: {source: lake, prefix: flights/, quiet: 10 minutes}
  events:
    promo: {filter: 'payload.kind == "price" && event.source.startsWith("shop")'}
    any: {}
  handling: {debounce: 5 minutes, coolDown: 90 days, veto: 1 hour}
`;

describe('triggers of a model', () => {
  it('are right where they are right', () => {
    expect(problems(good)).toEqual([]);
  });

  const schedule = (text: string) => `  schedules:\n    nightly: ${text}\n`;
  const newData = (text: string) => `  newData:\n    rows: ${text}\n`;
  it.each([
    [schedule('{}'), 'schedules.nightly', 'without "cron" and "every"', 'one of both'],
    [
      schedule('{cron: 0 3 * * *, every: 1 day}'),
      'schedules.nightly.every',
      'given beside "cron"',
      'one of both',
    ],
    [schedule('{cron: 0 25 * * *}'), 'schedules.nightly.cron', 'hour "25"', 'numbers from 0 to 23'],
    [schedule('{cron: 0 3 * *}'), 'schedules.nightly.cron', '4 fields', '5 fields'],
    [schedule('{cron: 0 3 30 feb *}'), 'schedules.nightly.cron', 'day 30 of a month of 29 days', 'a day'],
    [
      schedule('{cron: 0 3 * * *, timeZone: Europe/Amsterdan}'),
      'schedules.nightly.timeZone',
      '"Europe/Amsterdan"',
      '(did you mean "Europe/Amsterdam"?)',
    ],
    [
      schedule('{cron: 0 3 * * *, timeZone: "+01:00"}'),
      'schedules.nightly.timeZone',
      '"+01:00"',
      'such as UTC',
    ],
    [
      schedule('{every: 1 day, timeZone: Europe/Amsterdam}'),
      'schedules.nightly.timeZone',
      'given beside "every"',
      'only beside "cron"',
    ],
    [schedule('{every: 400 days}'), 'schedules.nightly.every', '400 days', 'at most 366 days'],
    [schedule('{every: 1 day, catchUp: 31 days}'), 'schedules.nightly.catchUp', '31 days', 'at most 30 days'],
    [
      schedule('{cron: 0 3 * * *, jitter: 25 hours}'),
      'schedules.nightly.jitter',
      '25 hours',
      'at most 1 day',
    ],
    [
      schedule('{every: 1 hour, jitter: 60 minutes}'),
      'schedules.nightly.jitter',
      '60 minutes',
      'less than "every", 1 hour',
    ],
    [
      schedule('{every: 1 day, variant: deeper}'),
      'schedules.nightly.variant',
      'deeper, which is not there',
      '"deep"',
    ],
    [newData('{source: db}'), 'newData.rows', 'without "query" and "prefix"', 'one of both'],
    [
      newData('{source: db, query: "select $1", prefix: a}'),
      'newData.rows.prefix',
      'given beside "query"',
      'one of',
    ],
    [newData('{source: db, query: "select $10"}'), 'newData.rows.query', 'a query without $1', 'after $1'],
    [newData('{source: db, prefix: a, every: 32 days}'), 'newData.rows.every', '32 days', 'at most 31 days'],
    [newData('{source: db, prefix: a, quiet: 8 days}'), 'newData.rows.quiet', '8 days', 'at most 7 days'],
    [
      newData('{source: db, prefix: a, lateness: 91 days}'),
      'newData.rows.lateness',
      '91 days',
      'at most 90 days',
    ],
    ['  handling: {coolDown: 91 days}\n', 'handling.coolDown', '91 days', 'at most 90 days'],
    ['  handling: {veto: 169 hours}\n', 'handling.veto', '169 hours', 'at most 7 days'],
    ['  handling: {debounce: 2 days}\n', 'handling.debounce', '2 days', 'at most 1 day'],
    [
      '  events: {promo: {filter: playload.x}}\n',
      'events.promo.filter',
      'an unknown name "playload"',
      'payload',
    ],
    [
      '  events: {promo: {filter: "payload.x >"}}\n',
      'events.promo.filter',
      'no expression',
      'a CEL expression',
    ],
    [
      `  push: {paths: [${Array.from({ length: 21 }, (_, at) => `'**/${at}'`).join(', ')}]}\n`,
      'push.paths',
      '21 patterns that begin with a wildcard',
      'at most 20',
    ],
  ])('%s is told of triggers.%s', (lines, path, came, allowed) => {
    expect(problems(lines)).toEqual([
      expect.objectContaining({
        path: `triggers.${path}`,
        came: expect.stringContaining(came),
        allowed: expect.stringContaining(allowed),
      }),
    ]);
  });

  it('are told with their line', () => {
    expect(problems('  schedules:\n    nightly:\n      cron: 0 25 * * *\n')).toEqual([
      expect.objectContaining({ line: 25 }),
    ]);
  });
});

describe('new data of a model and the sources of its project', () => {
  const { sources } = parseProject(
    `version: 1
project: p
models: [{name: m, path: .}]
sources:
  db: {kind: postgres, connection: "secret://db"}
  lake: {kind: s3, bucket: lake, credentials: "secret://lake"}
  files: {kind: repository, path: data}
`,
    'p',
  );
  const found = (newData: object) =>
    checkTriggerSources({ triggers: triggersSchema.parse({ newData: { rows: newData } }) }, sources);

  it.each([
    { source: 'db', query: 'select $1' },
    { source: 'lake', prefix: 'flights/' },
  ])('fit each other: %j', (newData) => {
    expect(found(newData)).toEqual([]);
  });

  it.each([
    [
      { source: 'shop', query: 'q' },
      'source',
      'shop, which the project does not allow',
      '"db", "lake" or "files"',
    ],
    [
      { source: 'constructor', query: 'q' },
      'source',
      'constructor, which the project does not allow',
      '"db"',
    ],
    [{ source: 'files', prefix: 'a' }, 'source', 'files, whose files lie in the repository', 'a push tells'],
    [{ source: 'db', prefix: 'a' }, 'query', 'nothing', 'new data of a postgres source needs'],
    [{ source: 'lake', query: 'q' }, 'prefix', 'nothing', 'new data of a s3 source needs'],
  ])('do not where %j', (newData, key, came, allowed) => {
    expect(found(newData)).toEqual([
      { path: ['triggers', 'newData', 'rows', key], came, allowed: expect.stringContaining(allowed) },
    ]);
  });
});
