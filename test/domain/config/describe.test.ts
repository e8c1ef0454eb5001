import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { configurationFiles } from '../../../domain/config/configuration-files.js';
import { describeSchema } from '../../../domain/config/describe.js';
import { configurationReference } from '../../../scripts/docs/configuration-reference.js';

describe('the configuration schemas', () => {
  it.each(Object.entries(configurationFiles))('describe every key of %s', (_, { schema }) => {
    const fields = describeSchema(schema);
    expect(fields.length).toBeGreaterThan(5);
    expect(fields.filter(({ meaning }) => meaning === '').map(({ path }) => path)).toEqual([]);
  });
});

describe('describeSchema', () => {
  it('finds keys inside defaults, lists, maps and kinds', () => {
    const inner = z.strictObject({ deep: z.int().min(1).default(3).describe('Deep.') });
    const schema = z.strictObject({
      list: z.array(inner).describe('List.'),
      map: z.record(z.string(), inner).default({}).describe('Map.'),
      kinds: z
        .discriminatedUnion('kind', [
          z.strictObject({ kind: z.literal('a').describe('A.'), deep: inner }),
          z.strictObject({ kind: z.literal('b').describe('B.') }),
        ])
        .optional()
        .describe('Kinds.'),
    });
    expect(describeSchema(schema).map(({ path, fallback, kind }) => [path, fallback, kind])).toEqual([
      ['list', 'required', undefined],
      ['list[].deep', '3', undefined],
      ['map', '{}', undefined],
      ['map.<name>.deep', '3', undefined],
      ['kinds', 'none', undefined],
      ['kinds.kind', 'required', 'kind: a'],
      ['kinds.deep', 'required', 'kind: a'],
      ['kinds.deep.deep', '3', 'kind: a'],
      ['kinds.kind', 'required', 'kind: b'],
    ]);
  });

  it('leaves the meaning empty where a key has none', () => {
    expect(describeSchema(z.strictObject({ silent: z.string() }))).toEqual([
      { path: 'silent', type: 'a text', fallback: 'required', meaning: '' },
    ]);
  });
});

describe('the generated reference', () => {
  it.each([...configurationReference()])('is checked in as it is generated: %s', (path, text) => {
    const found = readFileSync(join(import.meta.dirname, '../../..', path), 'utf8');
    const read = (content: string): unknown => (path.endsWith('.json') ? JSON.parse(content) : content);
    expect(read(found)).toEqual(read(text));
  });
});
