import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readStackFile } from '../../stack/stack-file.js';
import { listeningPorts } from '../stack/fixtures/listening-ports.js';
import { makeHome, removeHome } from '../stack/fixtures/state-folder.js';
import { type Canary, needlesOf } from './canary/forms.js';
import { makeCanaries, secretCanaries, withSource } from './canary/leaky-project.js';
import { type LeakyStack, openLeakyStack } from './canary/leaky-stack.js';
import { findIn, type Written } from './canary/search.js';
import { writtenInAnswers } from './canary/written-answers.js';
import { writtenInBucket } from './canary/written-bucket.js';
import { openFiles, writtenInFiles } from './canary/written-files.js';
import { writtenInDatabase, writtenInHistories } from './canary/written-stores.js';

const home = makeHome();
const canaries = makeCanaries();
const marker = needlesOf([{ name: 'marker', value: canaries.marker }]).slice(0, 1);
/** A number of test/fixtures/tiny-model/data/points.csv, which Parquet does not write as text. */
const valueOfRow = '1.2882';
let leaky: LeakyStack;
let runs: Readonly<Record<string, Awaited<ReturnType<LeakyStack['train']>>>> = {};
let written: readonly Written[] = [];

beforeAll(async () => {
  leaky = await openLeakyStack(home, canaries);
  runs = await playRuns();
  await leaky.killStores();
  written = await everythingWritten();
}, 300_000);
afterAll(async () => {
  await leaky.close();
  removeHome(home);
});

async function playRuns(): Promise<typeof runs> {
  const { repository, train, ask } = leaky;
  const onSource = async (from: 'warehouse' | 'lake', to: string) =>
    repository.branch(to, withSource(from, to));
  const lost = async () => {
    const run = await train({ ref: await onSource('warehouse', 'warehouse-lost') }, ({ steps }) =>
      steps.some(({ reason }) => reason !== null && /attempt \d+ failed/.test(reason)),
    );
    await ask(`/api/v1/runs/${run.id}/cancel`, {});
    return run;
  };
  const pairs = [
    ['told', train({})],
    ['failing', train({ variant: 'failing' })],
    ['wrong password', train({ ref: await onSource('warehouse', 'warehouse-wrong') })],
    ['garbled address', train({ ref: await onSource('warehouse', 'warehouse-garbled') })],
    ['wrong keys', train({ ref: await onSource('lake', 'lake-wrong') })],
    ['garbled keys', train({ ref: await onSource('lake', 'lake-garbled') })],
    ['lost database', lost()],
  ] as const;
  return Object.fromEntries(await Promise.all(pairs.map(async ([name, run]) => [name, await run] as const)));
}

/** All but the files of the state folder, which are read one by one. */
async function everythingWritten(): Promise<readonly Written[]> {
  const { stack, ask } = leaky;
  const admin = stack.database.admin ?? '';
  const parameters = {
    project: ['tiny'],
    model: ['tiny'],
    name: ['points'],
    version: ['1'],
    with: ['1'],
    id: Object.values(runs).map(({ id }) => id),
    ids: [`${runs['told']?.id},${runs['failing']?.id}`],
    step: ['train'],
    subject: ['tiny@1'],
    file: ['model', 'card', 'train', 'validation', 'quarantine'],
    round: ['1'],
    endpoint: ['web'],
    from: ['2013-01-01T00:00:00Z'],
    to: ['2100-01-01T00:00:00Z'],
  };
  const processes = Object.values(stack.parts()).flatMap(({ process }) => process ?? []);
  return [
    ...(await writtenInDatabase(admin)),
    ...(await writtenInHistories(stack.env['TEMPORAL_ADDRESS'] ?? '', stack.env['TEMPORAL_NAMESPACE'] ?? '')),
    ...(await writtenInBucket(stack.env, home)),
    ...(await writtenInAnswers(ask, parameters)),
    ...(await metricsOf(leaky.paths.stackFile)),
    ...processes.map(({ pid }) => commandLine(pid)),
  ];
}

async function metricsOf(stackFile: string): Promise<readonly Written[]> {
  const ports = Object.entries(readStackFile(stackFile)?.ports ?? {}).filter(([name]) =>
    /Metrics$/.test(name),
  );
  const running = Object.keys(leaky.stack.parts());
  const isUsed = (name: string) =>
    running.some((part) => [`${part}Metrics`, `${part}TemporalMetrics`].includes(name)) &&
    !/^(gateway|signer|endpoints)Temporal/.test(name);
  const used = ports.filter(([name]) => isUsed(name));
  return Promise.all(
    used.map(async ([name, port]): Promise<Written> => {
      const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
      return { place: 'API', name, bytes: Buffer.from(text) };
    }),
  );
}

const commandLine = (pid: number): Written => ({
  place: 'process',
  name: String(pid),
  bytes: readFileSync(`/proc/${pid}/cmdline`),
});

/** Files that exist to hold secrets, and are closed to everybody else. */
const secretFolders = /^secrets\//;
const secretNames = ['secrets.json', 'token'];
const isSecretFile = (name: string) => secretFolders.test(name) || secretNames.includes(name);

function find(searched: readonly Canary[]): readonly string[] {
  const needles = needlesOf(searched);
  const inFiles = [...writtenInFiles(leaky.paths.state, isSecretFile)].flatMap((file) =>
    findIn(file, needles),
  );
  return [...written.flatMap((text) => findIn(text, needles)), ...inFiles];
}

describe('secrets that a project names', () => {
  it('were told by every run that there is, each of which came to its end', () => {
    const endings = Object.entries(runs).map(([name, { status, reason }]) => [
      name,
      status,
      reason?.split(':')[0] ?? null,
    ]);
    expect(endings).toEqual([
      ['told', 'succeeded', 'registered as version 1, no policy is in force'],
      ['failing', 'failed', 'TRAINING_FAILED'],
      ['wrong password', 'failed', 'SOURCE_REFUSED'],
      ['garbled address', 'failed', 'SOURCE_REFUSED'],
      ['wrong keys', 'failed', 'SOURCE_REFUSED'],
      ['garbled keys', 'failed', 'SOURCE_REFUSED'],
      ['lost database', 'running', null],
    ]);
  });

  it('would be found: a word that the training says beside them is, in every store', () => {
    const files = [...writtenInFiles(leaky.paths.state, isSecretFile)];
    const found = [...written, ...files].filter((text) => findIn(text, marker).length > 0);
    expect(new Set(found.map(({ place }) => place))).toEqual(
      new Set(['database', 'history', 'bucket', 'API', 'file']),
    );
    const unpacked = written.filter(({ place, bytes }) => place === 'bucket' && bytes.includes('PAR1'));
    expect(unpacked.filter(({ bytes }) => bytes.includes(valueOfRow)).length).toBeGreaterThan(0);
  });

  it('would be found in every form', () => {
    const needles = needlesOf([{ name: 'it', value: 'a/b c"' }]);
    const within = ['', 'm', 'me', 'me:'].map((user) => Buffer.from(`${user}a/b c"@host`).toString('base64'));
    const told = [
      'a/b c"',
      'a/b c\\"',
      'a%2Fb%20c%22',
      'a/b%20c%22',
      'a%2Fb+c%22',
      '612f62206322',
      '612F62206322',
      ...within,
    ];
    const unseen = told.filter(
      (text) => findIn({ place: 'API', name: '', bytes: Buffer.from(`x${text}x`) }, needles).length === 0,
    );
    expect(unseen).toEqual([]);
  });

  it('stand nowhere: not in the database, histories, objects, answers, logs or any file of the state folder', () => {
    expect(find(secretCanaries(canaries))).toEqual([]);
  });
});

describe('secrets of the stack itself', () => {
  it('stand in closed files that exist to hold them, and nowhere else', () => {
    const { paths, lines } = leaky;
    const secrets = JSON.parse(readFileSync(paths.secretsFile, 'utf8')) as Record<string, string>;
    const token = readFileSync(paths.tokenFile, 'utf8').trim();
    const all = [...Object.entries(secrets), ['token', token] as const].map(([name, value]) => ({
      name,
      value,
    }));
    expect(find(all)).toEqual([]);
    expect(all.filter(({ value }) => lines.join('\n').includes(value))).toEqual([]);
    expect(openFiles(paths.state, secretNames)).toEqual([]);
  });
});

it('every process of the stack listens on loopback alone', () => {
  const parts = Object.entries(leaky.stack.parts());
  const open = parts.flatMap(([name, { process }]) =>
    listeningPorts(process?.pid ?? 0).map(({ address }) => `${name} ${address}`),
  );
  expect(new Set(open)).toEqual(new Set(parts.map(([name]) => `${name} 127.0.0.1`)));
});
