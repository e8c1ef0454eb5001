import { EventEmitter } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectConfig } from '../../domain/config/project.js';
import type { DatasetVersionRef } from '../../domain/lifecycle/train-model.js';
import type { Git } from '../../domain/ports/git.js';
import type { Launcher } from '../../domain/ports/launcher.js';
import { createMemoryBlobStore, type MemoryBlobStore } from '../../test/fakes/memory-blob-store.js';
import { createMemoryStores, type MemoryStores } from '../../test/fakes/stores/memory-stores.js';
import { createFakeLauncher, type Launches } from './fake-launcher.js';
import type { Fault } from './faults.js';
import type { SplitFiles } from './made-files.js';
import { commits, createRepository } from './repository.js';
import { type Scenario, scenarioOf } from './scenario.js';
import { type EvaluationWatch, watchEvaluations } from './watch-evaluations.js';

export const project = 'tiny';
export const model = 'tiny';

/** All that one seed is played in. */
export interface World {
  readonly seed: number;
  readonly scenario: Scenario;
  readonly stores: MemoryStores;
  readonly blobs: MemoryBlobStore;
  readonly git: Git;
  readonly launcher: Launcher;
  readonly launches: Launches;
  readonly files: SplitFiles;
  readonly workDir: string;
  /** What went wrong, in order. */
  readonly faults: Fault[];
  /** Told of every call of a port, and of what went wrong. */
  readonly watch: { readonly called: () => void; readonly happened: (fault: Fault) => void };
  readonly evaluations: EvaluationWatch;
  /** Attempts that count as lost and still go on. */
  readonly late: Set<Promise<unknown>>;
  /** The clock by which attempts are scheduled: each a second after the one before. */
  nextMs(): number;
  /** Lets such attempts go on now. */
  readonly releases: Set<() => void>;
  /** Dataset workflows that run, by workflow id. */
  readonly children: Map<string, Promise<DatasetVersionRef>>;
  /** Calls back when so many calls of ports were made. */
  atCall(count: number, then: () => void): void;
  close(): Promise<void>;
}

export async function createWorld(seed: number, files: SplitFiles): Promise<World> {
  const scenario = scenarioOf(seed);
  const memory = createMemoryStores();
  const evaluations = watchEvaluations(memory.registry);
  const stores = { ...memory, registry: evaluations.registry };
  const faults: Fault[] = [];
  const counter = new EventEmitter();
  let calls = 0;
  let clockMs = Date.UTC(2024, 0, 1);
  const workDir = await mkdtemp(join(tmpdir(), 'soak-'));
  const config = projectConfig({
    version: 1,
    project,
    models: [{ name: model, path: 'models/tiny' }],
    sources: { files: { kind: 'repository', path: 'data' } },
  });
  await stores.projects.put({ name: project, repo: '/tiny', ref: 'main', commit: commits.first, config });
  return {
    seed,
    scenario,
    stores,
    blobs: createMemoryBlobStore(),
    git: createRepository(scenario.condition),
    ...createFakeLauncher(),
    files,
    workDir,
    faults,
    watch: {
      called: () => {
        calls += 1;
        counter.emit(String(calls));
      },
      happened: (fault) => void faults.push(fault),
    },
    evaluations,
    late: new Set(),
    nextMs: () => {
      clockMs += 1000;
      return clockMs;
    },
    releases: new Set(),
    children: new Map(),
    atCall: (count, then) => void counter.once(String(count), then),
    close: () => rm(workDir, { recursive: true, force: true }),
  };
}

/** Lets everything go on that counts as lost, and waits for it. */
export async function endLateAttempts(world: World): Promise<void> {
  while (world.late.size > 0) {
    for (const release of world.releases) release();
    world.releases.clear();
    const late = [...world.late];
    await Promise.allSettled(late);
    for (const attempt of late) world.late.delete(attempt);
  }
}
