import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { rolesTable } from '../../scripts/docs/roles-table.js';

const page = readFileSync(join(import.meta.dirname, '../../docs/accounts-and-roles.md'), 'utf8');
const told = page
  .split('\n')
  .filter((line) => line.startsWith('|') && !/^\|[ |-]+\|$/.test(line))
  .map((line) =>
    line
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.trim()),
  );

describe('the page of accounts and roles', () => {
  it('has for every role what the code lets it do', () => {
    expect(told).toEqual(rolesTable());
  });
});
