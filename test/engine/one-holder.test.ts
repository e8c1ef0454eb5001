import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const rooms = [
  'domain',
  'db',
  'machine',
  'inference',
  'charts',
  'trust',
  'activities',
  'workflows',
  'workers',
  'gateway',
  'serving',
  'cli',
  'stack',
];

function filesWith(pattern: RegExp): readonly string[] {
  const files = rooms.flatMap((room) =>
    readdirSync(join(root, room), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name)),
  );
  return files
    .filter((file) => pattern.test(readFileSync(file, 'utf8')))
    .map((file) => relative(root, file))
    .toSorted();
}

it('one folder speaks to the engine, and one process opens its socket', () => {
  const speaking = filesWith(/from 'dockerode'/);
  expect(speaking.filter((file) => !file.startsWith('activities/adapters/engine/'))).toEqual([]);
  expect(speaking).toContain('activities/adapters/engine/create-engine.ts');
  expect(filesWith(/\bcreateEngine\(/)).toEqual([
    'activities/adapters/engine/create-engine.ts',
    'workers/engine.ts',
  ]);
  expect(filesWith(/docker\.sock\b/)).toEqual([]);
});
