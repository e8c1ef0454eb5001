import { stringify } from 'yaml';
import type { WatchDeps } from '../../../activities/monitoring/deps.js';
import { judgeDue } from '../../../activities/monitoring/judge-due.js';
import { referenceRule } from '../../../activities/monitoring/reference-of.js';
import { watchSchema } from '../../../domain/config/watch.js';
import { makeProfile } from '../../../domain/monitoring/profile/make-profile.js';
import type { MonitorWindow } from '../../../domain/monitoring/window.js';
import type { ServedTraffic, TrafficRow } from '../../../domain/ports/watches.js';
import { normalDraw } from '../../../domain/stats/normal-draw.js';
import { type Random, seededRandom } from '../../../domain/stats/seeded-random.js';
import {
  declaringCommit,
  liveOf,
  type ServingSubject,
  wantedOf,
  withEndpoint,
} from '../../conformance/serving-subject.js';
import { createMemoryBlobStore } from '../../fakes/memory-blob-store.js';
import { createMemoryGit } from '../../fakes/memory-git.js';
import { createMemoryStores } from '../../fakes/stores/memory-stores.js';

export const dayMs = 86_400_000;
/** A day of the watch, as an instant. */
export const day = (ordinal: number, ms = 0) => new Date(Date.UTC(2026, 0, 1 + ordinal) + ms).toISOString();
const signal = new AbortController().signal;
const referenceRows = 6000;

/** Nothing is asked at night: from 5 to 21 o'clock. */
const inTheDay = (ordinal: number, share: number) => day(ordinal, (5 / 24 + (share * 16) / 24) * dayMs);

/** What the rows of a day are made of. */
export interface Day {
  readonly rows?: number;
  /** Of the first input, in standard deviations. */
  readonly shift?: number;
  /** Share of rows in which it is null. */
  readonly nulls?: number;
  /** Multiplies it. */
  readonly unit?: number;
  /** How often the answer is the truth: 1 always, 0.5 by chance. */
  readonly right?: number;
  /** Share of rows whose truth is 1. */
  readonly rate?: number;
  /** Share of rows whose truth is known. */
  readonly labelled?: number;
  /** What becomes of a row on its way. */
  readonly spoil?: (row: TrafficRow, at: number) => TrafficRow;
}

const modelFile = {
  version: 1,
  model: 'delay',
  purpose: {
    intendedUse: 'trying out a watch',
    prohibitedUses: ['anything else'],
    affectedGroups: ['nobody'],
    sensitiveColumns: [],
  },
  dataset: {
    name: 'flights',
    tables: ['flights'],
    examples: 'examples.sql',
    key: ['id'],
    label: 'late',
    split: { by: 'hash', validation: 0.2, test: 0.2 },
    contract: { columns: { y: { type: 'double', min: -10, max: 10 } } },
  },
  training: {
    path: '.',
    command: ['true'],
    environment: { kind: 'none' },
    algorithm: 'any',
  },
  evaluation: {
    task: 'classification',
    inputs: ['x', 'y', 'kind'],
    output: 'score',
    primary: 'rocAuc',
  },
};

const projectFile = { version: 1, project: 'trips', models: [{ name: 'delay', path: 'delay' }], sources: {} };

/** A watched endpoint in memory, by `monitoring` and `value` of its model. `serve` adds a day of traffic; `look` judges what is due. */
export async function openWatchRoom(monitoring: object = {}) {
  const stores = createMemoryStores();
  const blobs = createMemoryBlobStore();
  const project = 'trips';
  await stores.projects.put({
    ...{ name: project, repo: '/repositories/trips', ref: 'main', commit: declaringCommit },
    config: projectFile as never,
  });
  const subject: ServingSubject = { ...stores, project };
  const { name, release } = await withEndpoint(subject);
  const wanted = wantedOf(name, 1);
  await stores.endpoints.recordLive(liveOf(wanted, release.id, 0), 'ann');
  const config = watchSchema.parse(monitoring);
  await stores.watches.declare(project, declaringCommit, [{ endpoint: name.endpoint, config }], 'ann');
  const version = await stores.registry.get(project, 'delay', '1');
  const report = await blobs.putJson({ evaluation: { threshold: 0.5 } });
  const registry = {
    get: stores.registry.get,
    evaluation: async (id: string) => ({ ...(await stores.registry.evaluation(id)), report }),
  };
  const git = createMemoryGit({
    [version.commit]: {
      'ratchet.project.yaml': stringify(projectFile),
      'delay/ratchet.yaml': stringify(modelFile),
    },
  });
  const random = seededRandom(5);
  await putReference();
  const rows: TrafficRow[] = [];
  const traffic = trafficOf(rows, version.file.sha256);
  let now = day(0);

  async function putReference(): Promise<void> {
    const made = Array.from({ length: referenceRows }, (_, at) =>
      rowOf(random, {}, inTheDay(-30 + (at % 30), at / referenceRows)),
    );
    const numbers = (of: 'x' | 'y') =>
      Float64Array.from(made, ({ inputs }) => Number(inputs[of] ?? Number.NaN));
    const labels = Float64Array.from(made, ({ truths }) => Number(truths[0]?.truth));
    const profile = makeProfile({
      columns: {
        x: { kind: 'numeric', values: numbers('x') },
        y: { kind: 'numeric', values: numbers('y') },
        kind: { kind: 'categorical', values: made.map(({ inputs }) => String(inputs['kind'])) },
      },
      windows: [],
      labels,
      test: {
        ...{ task: 'classification', primary: 'rocAuc', threshold: 0.5, concept: config.detectors.concept },
        ...{ labels, scores: Float64Array.from(made, ({ outputs }) => Number(outputs['score'])) },
      },
      floor: config.drift.floor,
      detectors: config.detectors,
      times: Float64Array.from(made, ({ eventAt }) => Date.parse(eventAt)),
      validationFrom: referenceRows * 0.8,
    });
    const rule = referenceRule(config);
    await stores.watches.putReference(
      { project, model: 'delay', version: 1, rule },
      await blobs.putJson(profile),
    );
  }

  const deps = {
    ...{ ...stores, blobs, git, registry, traffic, now: () => now, lookEveryMs: 4000 },
    ...{ takeHost: () => Promise.reject(new Error('no model is run')), workDir: '/nowhere' },
  } as unknown as WatchDeps;
  return {
    name,
    stores,
    deps,
    blobs,
    /** A day of rows, spread evenly over its waking hours. */
    serve(ordinal: number, made: Day = {}) {
      const { rows: count = 500, spoil = (row) => row } = made;
      for (let at = 0; at < count; at += 1)
        rows.push(spoil(rowOf(random, made, inTheDay(ordinal, at / count), `${ordinal}-${at}`), at));
      now = day(ordinal + 1);
    },
    async look(at?: string) {
      if (at !== undefined) now = at;
      return judgeDue(deps, name, signal);
    },
    incidents: async () => (await stores.watches.incidents({})).incidents,
    events: async () => (await stores.triggers.list({})).events,
    windows: async (line: 'inputs' | 'truth') =>
      (await stores.watches.windows(name, line, { limit: 50 })).toReversed(),
  };
}

function rowOf(random: Random, made: Day, eventAt: string, id = 'reference'): TrafficRow {
  const normal = () => normalDraw(random);
  const { shift = 0, nulls = 0, unit = 1, right = 0.8, labelled = 1, rate = 0.5 } = made;
  const x = (10 + normal() + shift) * unit;
  const isLate = random() < rate;
  const score = random() < right === isLate ? 0.8 : 0.2;
  const isKnown = random() < labelled;
  return {
    ...{ id, row: 0, eventAt },
    inputs: { x: random() < nulls ? null : x, y: normal(), kind: 'abc'[Math.floor(random() * 3)] },
    outputs: { score },
    truths: isKnown
      ? [{ source: 'airline', truth: isLate, reward: null, receivedAt: eventAt, delayMs: 3_600_000 }]
      : [],
  };
}

function trafficOf(rows: readonly TrafficRow[], modelDigest: string): ServedTraffic {
  const within = ({ from, to }: MonitorWindow) =>
    rows.filter(({ eventAt }) => eventAt >= from && eventAt < to);
  return {
    async progress() {
      const times = rows.map(({ eventAt }) => eventAt).toSorted();
      const [oldestEventAt, newestEventAt] = [times[0], times.at(-1)];
      if (oldestEventAt === undefined || newestEventAt === undefined) return undefined;
      return { oldestEventAt, newestEventAt, lastCameAt: newestEventAt };
    },
    async nextEventAt(_, from) {
      return rows
        .map(({ eventAt }) => eventAt)
        .filter((time) => time >= from)
        .toSorted()[0];
    },
    async countUpTo(name, window, most) {
      const shares = await this.versions(name, window);
      return shares.map(({ rows, ...of }) => ({ ...of, rows: Math.min(rows, most), isMore: rows > most }));
    },
    async versions(_, window) {
      const count = within(window).length;
      const of = { project: 'trips', model: 'delay', version: '1', modelDigest };
      return count === 0 ? [] : [{ ...of, rows: count }];
    },
    rows: async (_, __, window) => within(window),
  };
}
