import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { describedApi } from './described-api.js';

export const apiPage = join(import.meta.dirname, '../..', 'docs/api.md');

/** A schema as the document writes it: enough of JSON Schema for a table of fields. */
interface Shape {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly description?: string;
  readonly items?: Shape;
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Shape | boolean;
  readonly allOf?: readonly Shape[];
  readonly anyOf?: readonly Shape[];
}

const documentShape = z.object({ components: z.object({ schemas: z.record(z.string(), z.unknown()) }) });
const operationShape = z.object({ summary: z.string(), 'x-action': z.string() });
const pathsShape = z.object({ paths: z.record(z.string(), z.record(z.string(), operationShape)) });

/** Every address as a row of a table, in the order of the document. */
function apiAddresses(): string {
  const rows = Object.entries(pathsShape.parse(describedApi()).paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(
      ([method, { summary, 'x-action': action }]) =>
        `| ${method.toUpperCase()} | \`${path}\` | ${summary} | ${action} |`,
    ),
  );
  return ['| method | address | does | action |', '| --- | --- | --- | --- |', ...rows].join('\n');
}

/** Every named shape of the API as a table of its fields. */
export function apiShapes(): string {
  const { schemas } = documentShape.parse(describedApi()).components;
  const names = Object.keys(schemas).toSorted();
  return names.map((name) => `### ${name}\n\n${shapeText(schemas[name] as Shape)}`).join('\n\n');
}

/** The page with its addresses and shapes written anew. */
export function apiPageWithShapes(page: string): string {
  const withAddresses = page.replace(
    /(## Addresses\n\n)(\|.*\n)+/,
    (_, heading: string) => `${heading}${apiAddresses()}\n`,
  );
  return withAddresses.replace(
    /(## Shapes\n\n[^#]*)[\s\S]*$/,
    (_, beginning: string) => `${beginning}${apiShapes()}\n`,
  );
}

function shapeText(shape: Shape): string {
  const bases = (shape.allOf ?? []).flatMap(({ $ref }) => ($ref === undefined ? [] : [refName($ref)]));
  const own = (shape.allOf ?? [shape]).filter(({ properties }) => properties !== undefined);
  const rows = own.flatMap(({ properties = {}, required = [] }) =>
    Object.entries(properties).flatMap(([name, field]) => fieldRows(name, field, required.includes(name))),
  );
  const beginning = bases.length === 0 ? '' : `All of ${bases.join(' and ')}, and:\n\n`;
  return `${beginning}| field | is | about |\n| --- | --- | --- |\n${rows.join('\n')}`;
}

/** A field and, where it is an object or a list of them, what is inside. */
function fieldRows(path: string, field: Shape, there: boolean): string[] {
  const optional = there ? '' : ', may be left out';
  const row = `| \`${path}\` | ${typeText(field)}${optional} | ${field.description ?? ''} |`;
  const [inner, prefix] = field.items?.properties ? [field.items, `${path}[].`] : [field, `${path}.`];
  const { properties = {}, required = [] } = inner;
  const rows = Object.entries(properties).flatMap(([name, part]) =>
    fieldRows(`${prefix}${name}`, part, required.includes(name)),
  );
  return [row, ...rows];
}

function typeText(shape: Shape): string {
  if (shape.$ref !== undefined) return refName(shape.$ref);
  if (shape.anyOf) return shape.anyOf.map(typeText).join(' or ');
  if (shape.enum) {
    const values = shape.enum.map((value) => (value === null ? 'null' : `\`${String(value)}\``));
    return values.join(', ');
  }
  const types = [shape.type ?? 'anything'].flat();
  return types.map((type) => oneType(type, shape)).join(' or ');
}

function oneType(type: string, { items, additionalProperties }: Shape): string {
  if (type === 'array') return items?.properties ? 'list' : `list of ${items ? typeText(items) : 'anything'}`;
  if (type === 'object' && typeof additionalProperties === 'object') {
    return `map to ${typeText(additionalProperties)}`;
  }
  return type;
}

function refName(reference: string): string {
  const name = reference.slice(reference.lastIndexOf('/') + 1);
  return `[${name}](#${name.toLowerCase()})`;
}

/** Cells of every table as wide as the widest of their column, so that the page can be read as text. */
function aligned(page: string): string {
  return page.replaceAll(/(?:^\|.*\|\n)+/gm, (table) => {
    const rows = table
      .trimEnd()
      .split('\n')
      .map((line) =>
        line
          .slice(1, -1)
          .split(/(?<!\\)\|/)
          .map((cell) => cell.trim()),
      );
    const widths = (rows[0] ?? []).map((_, at) =>
      Math.max(...rows.map((row) => row[at]?.replace(/^-+$/, '---').length ?? 0)),
    );
    const line = (row: readonly string[]) =>
      `| ${row.map((cell, at) => (/^-+$/.test(cell) ? '-'.repeat(widths[at] ?? 3) : cell.padEnd(widths[at] ?? 0))).join(' | ')} |`;
    return `${rows.map(line).join('\n')}\n`;
  });
}

if (process.argv[1] === import.meta.filename) {
  writeFileSync(apiPage, aligned(apiPageWithShapes(readFileSync(apiPage, 'utf8'))));
}
