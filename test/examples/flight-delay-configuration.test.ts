import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkTableSource } from '../../domain/config/check-data.js';
import { checkModelFeatures } from '../../domain/config/check-model.js';
import {
  parseFeatureView,
  parseModel,
  parseProject,
  parseTable,
} from '../../domain/config/configuration-files.js';

const root = join(import.meta.dirname, '../../examples/flight-delay');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const project = parseProject(read('ratchet.project.yaml'), 'ratchet.project.yaml');
const modelFiles = project.models.map(({ name, path }) => [name, join(path, 'ratchet.yaml')] as const);
const view = (name: string) => parseFeatureView(read(`features/${name}.yaml`), `features/${name}.yaml`);

describe('configuration of the flight-delay example', () => {
  it.each(readdirSync(join(root, 'tables')).filter((name) => name.endsWith('.yaml')))(
    'has a table in %s that fits its source',
    (file) => {
      const table = parseTable(read(`tables/${file}`), file);
      expect(`${table.name}.yaml`).toBe(file);
      expect(checkTableSource(table, project.sources)).toEqual([]);
      expect(table.query === undefined || existsSync(join(root, table.query))).toBe(true);
    },
  );

  it.each(readdirSync(join(root, 'features')))('has a feature view in %s', (file) => {
    expect(`${parseFeatureView(read(`features/${file}`), file).name}.yaml`).toBe(file);
  });

  it.each(modelFiles)('has the model %s with all that it names', (name, file) => {
    const model = parseModel(read(file), file);
    expect(model.model).toBe(name);
    expect(checkModelFeatures(model, model.dataset.features.map(view))).toEqual([]);
    expect(existsSync(join(root, model.dataset.examples))).toBe(true);
    expect(model.dataset.tables.every((table) => existsSync(join(root, `tables/${table}.yaml`)))).toBe(true);
    expect(existsSync(join(root, model.training.path, model.training.command[1] ?? ''))).toBe(true);
  });

  it('declares one dataset for the two trainers of the same question', () => {
    const [first, second] = ['late-arrival', 'late-arrival-js'].map((name) => {
      const file = `models/${name}/ratchet.yaml`;
      return parseModel(read(file), file).dataset;
    });
    expect(second).toEqual(first);
  });
});
