import { describe, expect, it } from 'vitest';
import { servingSchema } from '../../../domain/config/serving.js';
import { isMadeOtherwise } from '../../../domain/triggers/model-file-change.js';
import { model, withValue } from '../risk/made-change.js';

const endpoints = servingSchema.parse({ flights: {} });

describe('a ratchet.yaml', () => {
  it.each([
    ['description', 'Another sentence.'],
    ['triggers.monitoring', false],
    ['serving', endpoints],
    ['value', { unit: 'EUR', outcomes: {}, costs: {} }],
    ['triggers.schedules', { nightly: { cron: '0 3 * * *' } }],
  ])('with another %s makes the same model', (path, value) => {
    expect(isMadeOtherwise(model, withValue(path, value))).toBe(false);
  });

  it.each([
    ['training.seed', 9],
    ['dataset.label', 'other'],
    ['purpose.intendedUse', 'Something else altogether'],
    ['evaluation.inputs', ['x', 'y']],
  ])('with another %s makes another one', (path, value) => {
    expect(isMadeOtherwise(model, withValue(path, value))).toBe(true);
  });

  it('with its keys in another order makes the same model', () => {
    const turned = Object.fromEntries(Object.entries(model).reverse()) as typeof model;
    expect(isMadeOtherwise(model, turned)).toBe(false);
  });
});
