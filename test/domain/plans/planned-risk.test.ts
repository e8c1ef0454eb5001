import { describe, expect, it } from 'vitest';
import { type ChangeBeforeTraining, plannedRisk } from '../../../domain/plans/planned-risk.js';
import { model, withValue } from '../risk/made-change.js';

const file = (path: string) => ({ path, added: 1, removed: 1, change: 'modified' as const });
const same: ChangeBeforeTraining = {
  files: [],
  folder: './models/late/',
  before: model,
  after: model,
  isNew: false,
};
const types = (change: Partial<ChangeBeforeTraining>) =>
  plannedRisk({ ...same, ...change }).changes.map(({ type }) => type);

describe('the risk of a change before anything is trained', () => {
  it('is that of its files, wherever the folder of the model is written', () => {
    expect(types({ files: [file('models/late/serving/app.ts')] })).toEqual(['serving-bug-fix']);
    expect(types({ files: [file('training/train.py')] })).toEqual(['architecture']);
    expect(types({ files: [file('tables/flights.yaml')] })).toEqual(['major-dataset']);
  });

  it('counts lines that nobody can count as many', () => {
    const binary = { ...file('models/late/serving/table.bin'), added: null };
    expect(types({ files: [binary] })).toEqual(['serving-feature']);
  });

  it('is that of its configuration where both were read', () => {
    const after = withValue('training.hyperparameters.max_depth', 9);
    expect(types({ files: [file('models/late/ratchet.yaml')], after })).toEqual(['hyperparameters']);
  });

  it('is unrecognised where the configuration of before cannot be read, and high for a new model', () => {
    expect(types({ files: [file('models/late/ratchet.yaml')], before: undefined })).toEqual(['unrecognised']);
    expect(plannedRisk({ ...same, before: undefined, isNew: true }).risk).toBe('high');
  });
});
