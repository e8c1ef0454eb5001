import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createProgram } from '../../cli/program.js';
import { apiPage, apiShapes } from '../../scripts/docs/api-shapes.js';
import { describedApi } from '../../scripts/docs/described-api.js';

const page = readFileSync(apiPage, 'utf8');

/** The formatter pads the cells of a table; what they say is the same. */
const plain = (text: string) =>
  text.replaceAll(/ +\|/g, ' |').replaceAll(/\| +/g, '| ').replaceAll(/-{3,}/g, '---');
const cellsOf = (line: string) =>
  line
    .slice(1, -1)
    .split('|')
    .map((cell) => cell.trim());
const rowsUnder = (heading: string) =>
  (page.split(`\n${heading}\n`)[1] ?? '')
    .split('\n## ')[0]
    ?.split('\n')
    .filter((line) => line.startsWith('|'))
    .slice(2)
    .map(cellsOf) ?? [];

const operationShape = z.object({ summary: z.string(), 'x-action': z.string() });
const pathsShape = z.object({ paths: z.record(z.string(), z.record(z.string(), operationShape)) });

/** The words of every command that takes `--json`. */
function jsonCommands(command: Command, path: readonly string[] = []): string[] {
  const own = command.options.some(({ long }) => long === '--json') ? [path.join(' ')] : [];
  return [...own, ...command.commands.flatMap((child) => jsonCommands(child, [...path, child.name()]))];
}

describe('the page of the API', () => {
  it('has every address with what it does and asks for, and no other', () => {
    const { paths } = pathsShape.parse(describedApi());
    const known = Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, { summary, 'x-action': action }]) => [
        method.toUpperCase(),
        `\`${path}\``,
        summary,
        action,
      ]),
    );
    expect(rowsUnder('## Addresses').toSorted()).toEqual(known.toSorted());
  });

  it('has the shapes of the document: else run npx tsx scripts/docs/api-shapes.ts', () => {
    const [, shapes = ''] = page.split('from the same document.\n\n');
    expect(plain(shapes).trim()).toBe(plain(apiShapes()).trim());
  });

  it('says of every command with --json what it prints, and of no other', () => {
    const told = rowsUnder('## `--json`').flatMap(([commands = '']) =>
      [...commands.matchAll(/`(?:ratchet )?([^`]+)`/g)].map(([, words]) => words),
    );
    expect(told.toSorted()).toEqual(jsonCommands(createProgram()).toSorted());
  });

  it('leads every reference to a shape that is there', () => {
    const anchors = new Set([...page.matchAll(/^#+ (.*)$/gm)].map(([, title = '']) => title.toLowerCase()));
    const led = [...page.matchAll(/\]\(#([a-z]+)\)/g)].map(([, anchor = '']) => anchor);
    expect(led.length).toBeGreaterThan(20);
    expect(led.filter((anchor) => !anchors.has(anchor))).toEqual([]);
  });
});
