import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { files, swap } from '../../bad-input/bad-input.js';
import { createTinyRepository, type TinyRepository } from '../../workers/tiny-repository.js';
import type { Canary } from './forms.js';

/** A value that looks different in every form that it can take. */
const nasty = () =>
  `k/${randomBytes(9).toString('hex')}+"${randomBytes(9).toString('hex')}'&= `.concat('~(end)');
const plain = () => randomBytes(12).toString('hex');

/** What must be found nowhere, and `marker`, which must be found. */
export function makeCanaries() {
  return {
    marker: `marker_${plain()}`,
    tracker: nasty(),
    password: nasty(),
    wrongPassword: nasty(),
    lostPassword: nasty(),
    garbledAddress: nasty(),
    lakeKeyId: plain(),
    lakeKey: nasty(),
    wrongLakeKeyId: plain(),
    wrongLakeKey: nasty(),
    garbledLake: nasty(),
  };
}
export type Canaries = ReturnType<typeof makeCanaries>;

export function secretCanaries(canaries: Canaries): readonly Canary[] {
  return Object.entries(canaries)
    .filter(([name]) => name !== 'marker')
    .map(([name, value]) => ({ name, value }));
}

/** Where the secrets lead. */
export interface Addresses {
  /** Of the database, `host:port/database`. */
  readonly database: string;
  readonly lake: string;
}

/** The files of secrets, by their name. */
export function secretFiles(canaries: Canaries, at: Addresses): Readonly<Record<string, string>> {
  const address = (password: string, place = at.database) =>
    `postgres://reader:${encodeURIComponent(password)}@${place}`;
  const keys = (accessKeyId: string, secretAccessKey: string) =>
    JSON.stringify({ accessKeyId, secretAccessKey, endpoint: at.lake });
  return {
    'tracker-key': canaries.tracker,
    warehouse: address(canaries.password),
    'warehouse-wrong': address(canaries.wrongPassword),
    'warehouse-lost': address(canaries.lostPassword, '127.0.0.1:1/ratchet'),
    'warehouse-garbled': address(canaries.garbledAddress, 'a host:port'),
    lake: keys(canaries.lakeKeyId, canaries.lakeKey),
    'lake-wrong': keys(canaries.wrongLakeKeyId, canaries.wrongLakeKey),
    'lake-garbled': `${canaries.garbledLake} is no JSON`,
  };
}

const warehouses = ['warehouse', 'warehouse-wrong', 'warehouse-lost', 'warehouse-garbled'];
const lakes = ['lake', 'lake-wrong', 'lake-garbled'];
/** Each source has the secret of its name. */
const sources = [
  'sources:',
  '  files: { kind: repository, path: data }',
  ...warehouses.map((name) => `  ${name}: { kind: postgres, connection: "secret://${name}" }`),
  ...lakes.map((name) => `  ${name}: { kind: s3, bucket: lake, credentials: "secret://${name}" }`),
  '',
].join('\n');
const moreTable = 'tables/more.yaml';
const lakeTable = `version: 1
name: more
source: lake
path: more.csv
format: csv
columns: { id: integer, z: double }
rowKey: [id]
`;

/** A model whose rows come from a database and a bucket, and whose training tells the secret that it is given. */
export async function createLeakyRepository(folder: string, { marker }: Canaries): Promise<TinyRepository> {
  const trainer = await readFile(fileURLToPath(new URL('./telling.py', import.meta.url)), 'utf8');
  const settings = (fail: boolean) => `{ marker: ${marker}, fail: ${fail} }`;
  return createTinyRepository(folder, {
    [files.project]: (text) => text.replace(/sources:[\s\S]*$/, sources),
    [files.table]: (text) =>
      text.replace(
        'source: files\npath: points.csv\nformat: csv',
        'source: warehouse\nquery: tables/points.sql',
      ),
    'tables/points.sql': 'select id, x, y, label from points',
    [moreTable]: lakeTable,
    [files.examples]: 'select id, x, y, label from points join more using (id)',
    [files.model]: (text) =>
      text
        .replace('tables: [points]', 'tables: [points, more]')
        .replace('{ epochs: 0, seconds_per_epoch: 0.1 }', settings(false))
        .replace(
          /variants:\n.*\n/,
          `variants:\n    failing: { algorithm: copied, hyperparameters: ${settings(true)} }\n`,
        )
        .replace('  algorithm: copied\n', '  algorithm: copied\n  secrets: ["secret://tracker-key"]\n'),
    [files.trainer]: trainer,
  });
}

/** A branch that reads one of its tables from another source. */
export function withSource(from: 'warehouse' | 'lake', to: string) {
  const table = from === 'lake' ? moreTable : files.table;
  return { [table]: swap(`source: ${from}`, `source: ${to}`) };
}

export async function writeSecrets(folder: string, secrets: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, value] of Object.entries(secrets))
    await writeFile(join(folder, name), value, { mode: 0o600 });
}
