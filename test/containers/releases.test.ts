import { randomUUID } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { answered } from '../../cli/answered.js';
import { runCli } from '../../cli/run-cli.js';
import { engineLabels } from '../../domain/engine/labels.js';
import type { ReleaseRecord } from '../../domain/ports/releases.js';
import { openModel } from '../../inference/model-host.js';
import { planOf } from '../../scripts/soak/releases/plan.js';
import { playRelease } from '../../scripts/soak/releases/play-release.js';
import { endOfRelease } from '../../scripts/soak/releases/serving-project.js';
import { tellRelease } from '../../scripts/soak/releases/soak-releases.js';
import { violationsOf } from '../../scripts/soak/releases/violations.js';
import { seedsOfCommit } from '../../scripts/soak/seeds-of-commit.js';
import { describeEngine } from '../engine/engine-room.js';
import { type Answerer, type Answers, bundled, endpoint, evaluator } from './answerers.js';
import { compareAnswers, joined } from './compare.js';
import { near, openReleasesRoom, project, type ReleasesRoom, web, wide } from './releases-room.js';

const { commit, seeds } = await seedsOfCommit();
let room: ReleasesRoom;

/** A point that the model calls one with a probability between 0.4 and 0.5. */
let between: number;

const ended = (beginning: string) => endOfRelease(room.stack, { ...web, beginning });
const stepsOf = async (id: string) =>
  (await room.stack.stores.releases.steps(id)).map(({ name, status }) => `${name} ${status}`);

async function rollBack() {
  const path = { project, endpoint: web.endpoint };
  const url = '/api/v1/endpoints/{project}/{endpoint}/rollback';
  const body = { id: randomUUID(), reason: 'tried out' };
  const { id } = await answered(room.stack.api.POST(url, { params: { path }, body }));
  return endOfRelease(room.stack, { ...web, id });
}

describeEngine('releases of an endpoint in containers, on a whole stack', () => {
  beforeAll(async () => {
    room = await openReleasesRoom();
    const told = room.points.map(({ x, label }) => ({ x, y: 0, label }));
    const probabilities = room.trained.probabilities(told);
    between = told.find((_, at) => Math.abs((probabilities[at] ?? 0) - 0.45) < 0.03)?.x ?? Number.NaN;
  }, 600_000);
  afterAll(() => room?.close());

  it('build an image, scan it, sign four statements about it, and answer', async () => {
    const { wanted, releaseId } = await room.live(web);
    expect(await stepsOf(releaseId)).toEqual(
      ['prepare', 'test', 'contract', 'image', 'scan', 'deploy', 'verify', 'record'].map(
        (name) => `${name} succeeded`,
      ),
    );
    const statements = wanted.image?.statements;
    const envelopes = await room.stack.blobs.getJson(statements as NonNullable<typeof statements>);
    expect(envelopes).toHaveLength(4);
    expect(await room.answer(between)).toMatchObject({ isOne: false });
  });

  it('agree with the evaluator, the bundle, the process, the swarm and the trainer on 10,000 rows', {
    timeout: 240_000,
  }, async () => {
    const { home, stack, points, trained } = room;
    const file = join(home, 'model.onnx');
    await writeFile(file, trained.file);
    const folder = join(home, 'bundle');
    const args = ['model', 'bundle', `${project}/tiny@1`, '--out', join(folder, 'package')];
    expect(await runCli([...args, '--state-dir', stack.stack.stateDir])).toBe(0);
    const model = await openModel(file, { deadlineMs: 60_000, memoryBytes: 1024 ** 3 });
    const own = evaluator(model);
    const others: Readonly<Record<string, Answerer>> = {
      bundle: bundled(folder),
      process: endpoint((await room.live(near)).at.http, model),
      docker: endpoint((await room.live(web)).at.http, model),
      swarm: endpoint((await room.live(wide)).at.http, model),
    };
    const rows = points.slice(0, 10_000);
    const [ones, some, all] = [rows.slice(0, 100).map((row) => [row]), inBatches(rows, 256), [rows]];
    try {
      const batches = [...ones, ...some, ...all];
      const shapes = (told: readonly Answers[]) => ({
        ones: joined(told.slice(0, ones.length)),
        some: joined(told.slice(ones.length, -1)),
        all: joined(told.slice(-1)),
      });
      const expected = shapes(await own(batches));
      for (const [name, answer] of Object.entries(others))
        expect([name, shapes(await answer(batches))]).toEqual([name, expected]);
      const shaped = compareAnswers(expected.all, expected.some, 1e-6);
      const trainers = Array.from(trained.probabilities(rows));
      const labels = trainers.map((probability) => (probability > 0.5 ? 1 : 0));
      const trainer = compareAnswers(expected.all, { probabilities: trainers, labels }, 1e-5);
      console.log(
        `10,000 rows: other batches differ by ${shaped.furthest} at most, ties ${shaped.ties.length}: ${shaped.ties}; the trainer by ${trainer.furthest}, ties ${trainer.ties.length}: ${trainer.ties}`,
      );
      expect(shaped.furthest).toBeLessThanOrEqual(1e-6);
      expect(trainer.furthest).toBeLessThanOrEqual(1e-5);
      expect([shaped.otherLabels, trainer.otherLabels]).toEqual([[], []]);
    } finally {
      await model.close();
    }
  });

  it('bring a change of the serving code live within two minutes', { timeout: 240_000 }, async () => {
    const since = performance.now();
    await room.shipped.ship(0.4);
    const release = await ended('push-');
    const seconds = (performance.now() - since) / 1000;
    console.log(`a change of the serving code is live in containers after ${seconds.toFixed(1)} s`);
    expect([release.status, release.reason]).toEqual(['succeeded', null]);
    expect(seconds).toBeLessThan(120);
    expect(await room.answer(between)).toMatchObject({ isOne: true });
  });

  it('go back to the revision before, with its own image and nothing built', {
    timeout: 240_000,
  }, async () => {
    const [, before] = await room.stack.stores.endpoints.revisions(web);
    expect(await rollBack()).toMatchObject({ status: 'succeeded' });
    const { wanted } = await room.live(web);
    expect(wanted.image).toEqual(before?.wanted.image);
    expect(await room.answer(between)).toMatchObject({ isOne: false });
  });

  it('are refused where the image has a critical finding, and the live revision stays', {
    timeout: 240_000,
  }, async () => {
    const { revision } = await room.live(web);
    const advisory = join(room.stack.advisories, 'npm/RATCHET-TEST-2026-0001.json');
    await writeFile(advisory, JSON.stringify(criticalAdvisory));
    try {
      const [known] = await room.stack.stores.releases.list(web);
      await room.shipped.ship(0.6);
      const release = await endOfRelease(room.stack, { ...web, after: known?.id });
      expect(release).toMatchObject({
        status: 'refused',
        reason: expect.stringContaining('onnxruntime-node'),
      });
      expect(await stepsOf(release.id)).not.toContainEqual(expect.stringContaining('deploy'));
    } finally {
      await rm(advisory);
    }
    expect((await room.live(web)).revision).toBe(revision);
    expect(await room.answer(between)).toMatchObject({ isOne: false });
  });

  it('are refused where a statement about the image has a wrong signature, and the live revision stays', {
    timeout: 240_000,
  }, async () => {
    const { blobs, stores } = room.stack;
    const { revision } = await room.live(web);
    const pushed = (await stores.endpoints.revisions(web)).find(({ releaseId }) =>
      releaseId.includes('.push-'),
    );
    const image = pushed?.wanted.image;
    if (pushed === undefined || image?.statements === undefined) throw new Error('nothing was pushed');
    const envelopes = (await blobs.getJson(image.statements)) as readonly { payload: string }[];
    const forged = envelopes.map((envelope, at) =>
      at === 0 ? { ...envelope, payload: withOtherCommit(envelope.payload) } : envelope,
    );
    const statements = await blobs.putJson(forged);
    await room.forge(pushed.revision, { ...pushed.wanted, image: { ...image, statements } });
    expect(await rollBack()).toMatchObject({
      status: 'refused',
      reason: expect.stringMatching(new RegExp(`signature.*; revision ${revision} answers$`)),
    });
    expect((await room.live(web)).revision).toBe(revision);
    expect(await room.answer(between)).toMatchObject({ isOne: false });
  });

  it('answer again at the same address after docker kill', { timeout: 240_000 }, async () => {
    const { revision } = await room.live(web);
    const [replica] = await room.stack.engine.containers({ [engineLabels.revision]: revision });
    await room.stack.docker.getContainer(replica?.id ?? '').kill();
    const again = () => room.answer(between).catch(() => null);
    await expect.poll(again, { interval: 1000 }).toMatchObject({ isOne: false });
  });

  it.each(seeds.slice(0, 1))(
    `leave one image, one set of replicas and nothing half live where processes are killed, commit ${commit}, seed %i`,
    { timeout: 600_000 },
    async (seed) => {
      const played = await playRelease(seed, room.stack, room.shipped);
      console.log(tellRelease(played));
      expect(played.violations, tellRelease(played)).toEqual([]);
      const [release] = await room.stack.stores.releases.list(web);
      const other = planOf(seed).threshold + 0.2;
      expect(await violationsOf(room.stack, release as ReleaseRecord, other)).toEqual([
        expect.stringMatching(/rows are answered by other code$/),
      ]);
    },
  );
});

function inBatches<T>(all: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, at) =>
    all.slice(at * size, (at + 1) * size),
  );
}

/** The same statement about another commit. */
function withOtherCommit(payload: string): string {
  const text = Buffer.from(payload, 'base64').toString();
  return Buffer.from(text.replace(/"commit":"[0-9a-f]{40}"/, `"commit":"${'0'.repeat(40)}"`)).toString(
    'base64',
  );
}

/** Of a package that is in every image. */
const criticalAdvisory = {
  schema_version: '1.6.0',
  id: 'RATCHET-TEST-2026-0001',
  modified: '2026-11-01T00:00:00Z',
  published: '2026-11-01T00:00:00Z',
  summary: 'Made up: a model runs code',
  severity: [{ type: 'CVSS_V3', score: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H' }],
  affected: [
    {
      package: { ecosystem: 'npm', name: 'onnxruntime-node' },
      ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }] }],
    },
  ],
};
