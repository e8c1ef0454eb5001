import { existsSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { openDatabase } from '../../db/open-database.js';
import type { StepRecord } from '../../domain/ports/runs.js';
import { packageRoot } from '../../stack/package-root.js';
import { until } from '../soak/chaos/until.js';
import { askAllTheWhile } from '../soak/endpoints/asking.js';
import { createServedProject } from '../soak/endpoints/project.js';
import { releaseCommit } from '../soak/endpoints/release-commit.js';
import { clearEngine } from '../soak/releases/clear-engine.js';
import { type BenchReport, type Figure, quantile } from './figures.js';
import { type BenchStack, withStack } from './with-stack.js';

const changes = 3;
const patienceMs = 300_000;
const engineSocket = '/var/run/docker.sock';
const limitS = { process: 60, docker: 120 } as const;
const imagePolicy = 'version: 1\ndatabase: { oldest: 9000 days }\n';

/** From a commit of serving code to the answer that is of it, on each target that this machine has. */
export async function benchRelease(folder: string): Promise<BenchReport> {
  await rm(join(folder, 'work'), { recursive: true, force: true });
  await mkdir(join(folder, 'work'), { recursive: true });
  const onProcess = await withStack(join(folder, 'state'), (bench) =>
    measure(bench, 'process', join(folder, 'work')),
  );
  const onDocker = existsSync(engineSocket) ? await measureWithEngine(folder) : undefined;
  return {
    name: 'release',
    about: `a change of serving code until the endpoint answers with it, ${changes} of them one after the other`,
    figures: [...figuresOf('process', onProcess), ...(onDocker ? figuresOf('docker', onDocker) : [])],
    notes: [
      ...notesOf('process', onProcess),
      ...(onDocker ? notesOf('docker', onDocker) : [`no engine at ${engineSocket}: docker was not measured`]),
    ],
  };
}

async function measureWithEngine(folder: string): Promise<Measured> {
  const stateDir = join(folder, 'state-docker');
  const engine = {
    RATCHET_ENGINE_SOCKET: engineSocket,
    RATCHET_ADVISORIES_DIR: join(packageRoot(), 'examples/flight-delay/sample-advisories'),
  };
  try {
    return await withStack(stateDir, (bench) => measure(bench, 'docker', join(folder, 'work')), engine);
  } finally {
    await clearEngine(engineSocket, stateDir);
  }
}

interface Measured {
  readonly tookS: readonly number[];
  /** Of the first release, which begins with nothing, and of the last. */
  readonly first: readonly StepRecord[];
  readonly last: readonly StepRecord[];
}

type Target = keyof typeof limitS;

async function measure(
  { stack, api, temporal }: BenchStack,
  target: Target,
  workDir: string,
): Promise<Measured> {
  const database = await openDatabase({ url: stack.database.app, poolSize: 2, application: 'bench' });
  try {
    const { stores } = database;
    const isImage = target === 'docker';
    const served = await createServedProject({ api, stores, workDir }, `bench-${target}`, {
      more: isImage ? ', target: docker, image: required' : '',
      files: isImage ? { 'app/image-policy.yaml': imagePolicy } : {},
    });
    const asking = askAllTheWhile(served.first.at.http);
    const tookS: number[] = [];
    let release = served.first.releaseId;
    for (let change = 1; change <= changes; change += 1) {
      const word = `change-${change}`;
      const commit = await served.change(word);
      const since = performance.now();
      release = await releaseCommit({ stores, temporal }, served, commit);
      await until(`the endpoint answers with ${word}`, patienceMs, async () => {
        const answered = await asking.word().catch(() => undefined);
        return answered === word || undefined;
      });
      tookS.push((performance.now() - since) / 1000);
      await until('the release is over', patienceMs, async () => {
        const { endedAt } = await stores.releases.get(release);
        return endedAt ?? undefined;
      });
    }
    await asking.stop();
    if (asking.failures[0]) throw new Error(`a request was lost: ${asking.failures[0].words}`);
    return {
      tookS,
      first: await stores.releases.steps(served.first.releaseId),
      last: await stores.releases.steps(release),
    };
  } finally {
    await database.close();
  }
}

function figuresOf(target: Target, { tookS }: Measured): readonly Figure[] {
  const limit = limitS[target];
  return [
    { what: `a change until it is live on ${target}, p50`, value: quantile(tookS, 0.5), unit: 's', limit },
    { what: 'the same, longest', value: Math.max(...tookS), unit: 's', limit },
  ];
}

const notesOf = (target: Target, { first, last }: Measured) => [
  `${target}, the first release: ${stepsLine(first)}`,
  `${target}, the last change:   ${stepsLine(last)}`,
];

function stepsLine(steps: readonly StepRecord[]): string {
  const done = steps.filter(({ status }) => status !== 'skipped');
  return done.map(({ name, ms }) => `${name} ${((ms ?? Number.NaN) / 1000).toFixed(1)} s`).join(', ');
}
