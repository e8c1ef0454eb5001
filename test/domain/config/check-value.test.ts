import { describe, expect, it } from 'vitest';
import { parseModel } from '../../../domain/config/configuration-files.js';

const model = (task: string, value: string) => `version: 1
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
training: {path: training, command: [python, train.py], environment: {kind: none}, algorithm: a}
evaluation: {task: ${task}, inputs: [x], output: p, primary: rocAuc}
${value}`;

interface Problem {
  readonly path: string;
  readonly came: string;
  readonly allowed: string;
}

function problems(task: string, value: string): readonly Problem[] {
  try {
    parseModel(model(task, value), 'ratchet.yaml');
  } catch (error) {
    return (error as { details: { problems: readonly Problem[] } }).details.problems;
  }
  return [];
}

const outcomes = 'outcomes: { rightAlarm: 40, falseAlarm: -5, missed: -60, rightSilence: 0 }';
const answers = 'answers: { each: 2, perUnitOfError: -0.5 }';

describe('value', () => {
  it('is taken with what a row of the task is worth, and minutes cost nothing unless it is said', () => {
    const { value } = parseModel(
      model('classification', `value: { unit: EUR, ${outcomes} }`),
      'ratchet.yaml',
    );
    expect(value).toEqual({
      unit: 'EUR',
      outcomes: { rightAlarm: 40, falseAlarm: -5, missed: -60, rightSilence: 0 },
      costs: { trainingMinute: 0, servingMinute: 0 },
    });
    expect(problems('regression', `value: { unit: EUR, ${answers} }`)).toEqual([]);
    expect(parseModel(model('classification', ''), 'ratchet.yaml')).not.toHaveProperty('value');
  });

  it.each([
    ['classification', `value: { unit: EUR }`, 'value.outcomes', 'nothing'],
    ['regression', `value: { unit: EUR }`, 'value.answers', 'nothing'],
    [
      'classification',
      `value: { unit: EUR, ${outcomes}, ${answers} }`,
      'value.answers',
      'given for the task',
    ],
    ['regression', `value: { unit: EUR, ${outcomes}, ${answers} }`, 'value.outcomes', 'given for the task'],
    ['clustering', `value: { unit: EUR, ${answers} }`, 'value', 'given for the task clustering'],
  ])('of a %s is refused with its place: %s', (task, value, path, came) => {
    expect(problems(task, value)).toMatchObject([{ path, came: expect.stringContaining(came) }]);
  });

  it.each([
    ['a unit that is no word', `value: { unit: "EUR 2", ${outcomes} }`, 'value.unit'],
    ['an outcome too few', 'value: { unit: EUR, outcomes: { rightAlarm: 1 } }', 'value.outcomes.falseAlarm'],
    [
      'a cost below 0',
      `value: { unit: EUR, ${outcomes}, costs: { servingMinute: -1 } }`,
      'value.costs.servingMinute',
    ],
    [
      'a number that is none',
      `value: { unit: EUR, ${outcomes.replace('40', '.inf')} }`,
      'value.outcomes.rightAlarm',
    ],
  ])('with %s is refused with its place', (_, value, path) => {
    expect(problems('classification', value).map((one) => one.path)).toContain(path);
  });

  it('with an error that earns is refused', () => {
    const earning = answers.replace('-0.5', '0.5');
    expect(problems('regression', `value: { unit: EUR, ${earning} }`)).toMatchObject([
      { path: 'value.answers.perUnitOfError' },
    ]);
  });
});
