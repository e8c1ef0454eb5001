import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Section } from '../../domain/config/setting.js';
import { settings } from '../../temporal.config.js';

const page = readFileSync(join(import.meta.dirname, '../../docs/production.md'), 'utf8');
const told = page.split('\n').flatMap((line) => {
  const [, variable, unit, fallback, about] = line.split('|').map((cell) => cell.trim());
  const name = /^`([A-Z][A-Z0-9_]*)`$/.exec(variable ?? '')?.[1];
  return name === undefined || about === undefined || about === '' ? [] : [{ name, unit, fallback, about }];
});
const sections: readonly Section[] = Object.values(settings);
const known = sections
  .flatMap((section) => Object.values(section))
  .map(({ variable, unit, fallback, demanded, about }) => {
    const unset = demanded === true ? 'required' : 'unset';
    const shown = fallback === '' ? 'none' : `\`${fallback}\``;
    return { name: variable, unit, fallback: fallback === undefined ? unset : shown, about };
  });

describe('the table of settings', () => {
  it('has every variable with its unit, its default and what it is for, and no other', () => {
    expect(told).toEqual(known);
  });
});
