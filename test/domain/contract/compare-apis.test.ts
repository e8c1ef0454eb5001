import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ApiField, ApplicationApi } from '../../../domain/contract/application-api.js';
import { breakingChanges, isDeclaredBreak } from '../../../domain/contract/compare-apis.js';
import { rowMisfit } from '../../../domain/contract/row-fit.js';
import { anyFields, rowOf } from './api-fields.js';

const field = (changes: Partial<ApiField> = {}): ApiField => ({
  type: 'number',
  required: true,
  nullable: false,
  allowed: null,
  shape: [],
  ...changes,
});
const api = (changes: Partial<ApplicationApi> = {}): ApplicationApi => ({
  version: '1.0',
  input: { a: field() },
  output: { y: field() },
  ...changes,
});

describe('a new API', () => {
  it('without breaks takes every row that the one before took', () => {
    const cases = fc.tuple(anyFields, anyFields).chain(([before, after]) => {
      return fc.record({ before: fc.constant(before), after: fc.constant(after), row: rowOf(before) });
    });
    fc.assert(
      fc.property(cases, ({ before, after, row }) => {
        fc.pre(breakingChanges(api({ input: before }), api({ input: after })).length === 0);
        expect(rowMisfit(after, row)).toBeNull();
      }),
      { numRuns: 200 },
    );
  });

  it('without breaks answers nothing in a known field that could not have been answered before', () => {
    const cases = fc.tuple(anyFields, anyFields).chain(([before, after]) => {
      return fc.record({ before: fc.constant(before), after: fc.constant(after), row: rowOf(after) });
    });
    fc.assert(
      fc.property(cases, ({ before, after, row }) => {
        fc.pre(breakingChanges(api({ output: before }), api({ output: after })).length === 0);
        const known = Object.fromEntries(Object.entries(row).filter(([name]) => Object.hasOwn(before, name)));
        expect(rowMisfit(before, known)).toBeNull();
      }),
      { numRuns: 200 },
    );
  });

  it('that is the same has no breaks', () => {
    fc.assert(
      fc.property(anyFields, anyFields, (input, output) => {
        expect(breakingChanges(api({ input, output }), api({ input, output }))).toEqual([]);
      }),
    );
  });

  it.each([
    ['an optional input', { input: { a: field(), b: field({ required: false }) } }],
    ['an output', { output: { y: field(), z: field() } }],
    ['a nullable input', { input: { a: field({ nullable: true }) } }],
    ['an output of whole numbers only', { output: { y: field({ type: 'integer' }) } }],
  ])('may add %s', (_, changes) => {
    expect(breakingChanges(api(), api(changes))).toEqual([]);
  });

  it.each<[string, Partial<ApplicationApi>, Partial<ApplicationApi>, string]>([
    ['a renamed input', {}, { input: { b: field() } }, 'input "a" is gone'],
    ['a new required input', {}, { input: { a: field(), b: field() } }, 'input "b" is new and required'],
    [
      'an input that became required',
      { input: { a: field({ required: false }) } },
      {},
      'input "a" has become required',
    ],
    [
      'another type',
      {},
      { input: { a: field({ type: 'string' }) } },
      'input "a" changes between number and string',
    ],
    [
      'a narrowed type',
      {},
      { input: { a: field({ type: 'integer' }) } },
      'input "a" changes between number and integer',
    ],
    [
      'fewer values',
      {},
      { input: { a: field({ allowed: [1] }) } },
      'input "a" takes other values than those it names no more',
    ],
    [
      'a value less',
      { input: { a: field({ allowed: [1, 2] }) } },
      { input: { a: field({ allowed: [1] }) } },
      'input "a" takes 2 no more',
    ],
    ['no null', { input: { a: field({ nullable: true }) } }, {}, 'input "a" takes null no more'],
    [
      'another width',
      { input: { a: field({ shape: [3] }) } },
      { input: { a: field({ shape: [2] }) } },
      'input "a" changes between the shapes [3] and [2]',
    ],
    ['an output that is gone', {}, { output: { z: field() } }, 'output "y" is gone'],
    [
      'an output that may be missing',
      {},
      { output: { y: field({ required: false }) } },
      'output "y" may be left out',
    ],
    [
      'an output that may be null',
      {},
      { output: { y: field({ nullable: true }) } },
      'output "y" may be null, which it never was',
    ],
    [
      'a new value of an output',
      { output: { y: field({ allowed: [1] }) } },
      { output: { y: field({ allowed: [1, 2] }) } },
      'output "y" may be 2, which it never was',
    ],
  ])('breaks clients with %s, and says so by field', (_, before, after, words) => {
    expect(breakingChanges(api(before), api(after))).toContain(words);
  });

  it('declares its breaks by a higher major version alone', () => {
    const declared = (was: string, is: string) =>
      isDeclaredBreak(api({ version: was }), api({ version: is }));
    expect(declared('1.9', '2.0')).toBe(true);
    expect(declared('9.0', '10.0')).toBe(true);
    expect(declared('1.0', '1.1')).toBe(false);
    expect(declared('2.0', '1.0')).toBe(false);
    // From the stock application and back to it.
    expect(declared('0.1', '1.0')).toBe(true);
    expect(declared('1.0', '0.1')).toBe(true);
    expect(declared('0.1', '0.1')).toBe(false);
  });
});
