import { describe, expect, it } from 'vitest';
import { projectConfig } from '../../../domain/config/project.js';
import { triggersSchema } from '../../../domain/config/triggers.js';
import { plannedChanges, type StatesToCompare } from '../../../domain/plans/planned-changes.js';
import type { ModelLine } from '../../../domain/ports/model-lines.js';
import type { ProjectRecord } from '../../../domain/ports/projects.js';
import { model as file, withValue } from '../risk/made-change.js';

const row = (over: object = {}): ProjectRecord => ({
  ...{
    name: 'flights',
    repo: '/flights',
    ref: 'main',
    commit: 'a'.repeat(40),
    updatedAt: '2026-01-01T00:00:00Z',
  },
  config: projectConfig({ version: 1, project: 'flights', models: [], sources: {}, ...over }),
});
const line = (model: string, over: Partial<ModelLine> = {}, triggers: object = {}): ModelLine => ({
  ...{ project: 'flights', model, path: `models/${model}`, commit: 'a', owner: null, parts: [] },
  triggers: triggersSchema.parse(triggers),
  ...over,
});
const nothing: StatesToCompare = {
  before: { project: row(), lines: [line('late')], files: new Map() },
  after: { project: row(), lines: [line('late')], files: new Map() },
  governed: [],
  asks: false,
};
const told = (states: StatesToCompare) =>
  plannedChanges(states).map(({ change, part, name, because }) => `${change} ${part} ${name}: ${because}`);
const becoming = (
  lines: readonly ModelLine[],
  over: Partial<StatesToCompare['after']> = {},
): StatesToCompare => ({
  ...nothing,
  after: { ...nothing.after, lines, ...over },
});

describe('the changes of a plan', () => {
  it('are none where nothing differs', () => {
    expect(plannedChanges(nothing)).toEqual([]);
  });

  it('tell models that come, go and move, and who owns them', () => {
    expect(told(becoming([]))).toEqual([
      'remove model late: it stands no longer in ratchet.project.yaml; its versions stay',
    ]);
    expect(told(becoming([line('late'), line('odd')]))).toEqual([
      'create model odd: it stands in models/odd',
    ]);
    expect(told(becoming([line('late', { path: 'late', owner: 'ann' })]))).toEqual([
      'update model late: it moves from models/late to late; its owner is ann',
    ]);
  });

  it('name the keys of a ratchet.yaml that differ, where both were read', () => {
    const changed = withValue('training.hyperparameters.max_depth', 9);
    const states = {
      ...nothing,
      before: { ...nothing.before, files: new Map([['late', file]]) },
      after: { ...nothing.after, files: new Map([['late', changed]]) },
    };
    expect(told(states)).toEqual(['update model late: training of its ratchet.yaml']);
  });

  it('tell schedules by what they do, also where their timetable is the same', () => {
    const cron = { cron: '0 3 * * 1' };
    const [weekly, other, later] = [cron, { ...cron, overlap: 'buffer' }, { cron: '0 4 * * 1' }].map((one) =>
      line('late', {}, { schedules: { weekly: one } }),
    );
    if (!weekly || !other || !later) throw new Error('there are three');
    const from = (lines: readonly ModelLine[]) => ({ ...nothing.before, lines });
    const id = 'schedule/flights/late/weekly';
    expect(told(becoming([weekly]))).toContain(`create schedule ${id}: cron 0 3 * * 1 in UTC`);
    expect(told({ ...nothing, before: from([weekly]) })).toContain(
      `remove schedule ${id}: cron 0 3 * * 1 in UTC`,
    );
    expect(told({ ...becoming([other]), before: from([weekly]) })).toContain(
      `update schedule ${id}: overlap`,
    );
    expect(told({ ...becoming([later]), before: from([weekly]) })).toContain(
      `update schedule ${id}: cron 0 4 * * 1 in UTC, was cron 0 3 * * 1 in UTC`,
    );
  });

  it('tell settings of the project, and what is governed, which people are asked about where they are', () => {
    const states: StatesToCompare = {
      ...becoming([line('late')], {
        project: row({ budgets: { runsPerWeek: 2 }, tracked: { every: '1 hour' } }),
      }),
      governed: [{ part: 'members', name: 'ann', kind: 'added' }],
      asks: true,
    };
    expect(plannedChanges(states).map(({ part, name, asks }) => [part, name, asks])).toEqual([
      ['setting', 'budgets', false],
      ['setting', 'tracked', false],
      ['schedule', 'refs/flights', false],
      ['member', 'ann', true],
    ]);
  });
});
