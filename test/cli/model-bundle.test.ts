import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { modelInterface } from '../../domain/onnx/model-interface.js';
import { type ModelRow, predictModelRows } from '../../inference/codec/model-rows.js';
import { type OpenModel, openModel } from '../../inference/model-host.js';
import { fixturePath, fixtureRows } from '../domain/onnx/fixtures.js';
import { registerVersion } from '../gateway/register-version.js';
import { type ServedGateway, serveGateway } from './served-gateway.js';

const run = promisify(execFile);
const modules = join(import.meta.dirname, '../../node_modules');
const path = fixturePath('logistic');
const { columns } = fixtureRows('logistic');

let served: ServedGateway;
let project: string;
let model: OpenModel;
let parent: string;
beforeAll(async () => {
  served = await serveGateway();
  project = await served.room.newProject();
  const bytes = await readFile(path);
  const file = await served.room.deps.blobs.putBytes(bytes);
  await registerVersion(served.room, project, {
    letter: 'a',
    recall: 0.5,
    file,
    interface: modelInterface(bytes),
  });
  model = await openModel(path, { deadlineMs: 60_000, memoryBytes: 1024 ** 3 });
});
afterAll(async () => {
  await model.close();
  await served.close();
});
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'bundled '));
});
afterEach(() => rm(parent, { recursive: true, force: true }));

const bundle = (...args: string[]) =>
  served.ratchet('model', 'bundle', `${project}/delay@1`, '--out', join(parent, 'package'), ...args);

/** As many rows as that, by the names of the inputs. */
function rowsOf(count: number): readonly ModelRow[] {
  const names = Object.keys(columns);
  const length = columns[names[0] ?? '']?.length ?? 0;
  return Array.from({ length: count }, (_, at) =>
    Object.fromEntries(names.map((name) => [name, columns[name]?.[at % length] ?? null])),
  );
}

/** Asks the package in a program of its own, which has this runtime and nothing else of ours. */
async function ask(questions: readonly (readonly unknown[])[]): Promise<readonly unknown[]> {
  await rm(join(parent, 'node_modules'), { force: true, recursive: true });
  await symlink(modules, join(parent, 'node_modules'));
  await writeFile(join(parent, 'questions.json'), JSON.stringify(questions));
  const program = `
import { readFileSync, writeFileSync } from 'node:fs';
import { predict } from './package/index.js';
const told = [];
for (const rows of JSON.parse(readFileSync('questions.json', 'utf8')))
  told.push(await predict(rows).catch(({ code, message }) => ({ code, message })));
writeFileSync('answers.json', JSON.stringify(told));
`;
  await writeFile(join(parent, 'ask.mjs'), program);
  await run(process.execPath, ['ask.mjs'], { cwd: parent, env: {} });
  return JSON.parse(await readFile(join(parent, 'answers.json'), 'utf8')) as unknown[];
}

describe('ratchet model bundle', () => {
  it('writes a package that answers 10,000 rows bit for bit as the host of the platform does', async () => {
    const { exitCode, stdout, stderr } = await bundle();
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(stdout).toContain(`model   ${project}/delay@1`);
    const rows = rowsOf(10_000);
    const [all, one] = await ask([rows, rows.slice(3, 4)]);
    expect(all).toEqual(await predictModelRows(model, rows));
    expect(one).toEqual(await predictModelRows(model, rows.slice(3, 4)));
  });

  it('needs the runtime and nothing else, and no network', async () => {
    await bundle();
    const folder = join(parent, 'package');
    const manifest = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
    expect(manifest).toMatchObject({
      name: `${project}-delay`,
      version: '1.0.0',
      license: 'UNLICENSED',
      dependencies: { 'onnxruntime-node': '1.30.0' },
    });
    const files = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.js'));
    const texts = await Promise.all(files.map((name) => readFile(join(folder, name), 'utf8')));
    const imported = texts.flatMap((text) => [...text.matchAll(/(?:from|import)\s*["']([^."'][^"']*)["']/g)]);
    expect([...new Set(imported.map(([, name]) => name))].sort()).toEqual([
      'node:crypto',
      'node:fs/promises',
      'onnxruntime-node',
    ]);
    const types = await readFile(join(folder, 'index.d.ts'), 'utf8');
    expect(types).toContain(
      'export declare function predict(rows: readonly Row[]): Promise<readonly Prediction[]>;',
    );
    for (const name of Object.keys(columns)) expect(types).toContain(`readonly ${name}: `);
  });

  it('refuses rows that do not fit, naming row and input, and a file that was changed', async () => {
    await bundle();
    const [good = {}] = rowsOf(1);
    const [first = ''] = Object.keys(columns);
    const { [first]: _, ...short } = good;
    const file = join(parent, 'package/model.onnx');
    expect(await ask([[good, short], [{ ...good, more: 1 }], [7], []])).toEqual([
      { code: 'MODEL_INTERFACE', message: expect.stringContaining(`row 1 has no "${first}"`) },
      { code: 'MODEL_INTERFACE', message: expect.stringContaining('row 0 has "more", which is no input') },
      { code: 'MODEL_INTERFACE', message: expect.stringContaining('row 0 is no object') },
      [],
    ]);
    const bytes = await readFile(file);
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
    await writeFile(file, bytes);
    expect(await ask([[good]])).toEqual([{ code: 'BLOB_CORRUPT', message: expect.stringContaining('not') }]);
  });

  it('replaces nothing, and leaves nothing where the version is not there', async () => {
    await bundle();
    const again = await bundle();
    expect([again.exitCode, again.stderr]).toEqual([
      3,
      expect.stringMatching(/^CONFLICT: .*is there already/),
    ]);
    const none = await served.ratchet(
      'model',
      'bundle',
      `${project}/delay@9`,
      '--out',
      join(parent, 'other'),
    );
    expect(none.exitCode).toBe(4);
    expect(await readdir(parent)).toEqual(['package']);
  });
});
