import { pino } from 'pino';
import { afterEach, expect, test } from 'vitest';
import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { ServingManifest } from '../../domain/serving/manifest.js';
import { followManifest } from '../../serving/manifest/follow-manifest.js';
import type { LoadFailure } from '../../serving/models/model-loader.js';

const manifestOf = (revision: string): ServingManifest => ({
  version: 1,
  models: [],
  revision,
  endpoint: null,
  defaultModel: null,
  application: null,
});
const failure: LoadFailure = {
  model: 'm',
  version: '2',
  error: new RatchetError('BLOB_MISSING', 'it is gone'),
};

const following: { close(): void }[] = [];
afterEach(() => {
  for (const one of following.splice(0)) one.close();
});

/** A feed that says what the test says, over models and a place to remember that fail as often as they are told to. */
function follow(first: ServingManifest, failures: { apply?: number; keep?: number; next?: number } = {}) {
  const seen = { wanted: first, applied: [] as string[], kept: [] as string[], lines: [] as string[] };
  const left = { apply: 0, keep: 0, next: 0, ...failures };
  const fails = (what: keyof typeof left) => left[what] > 0 && left[what]-- > 0;
  const refuse = () => {
    throw new RatchetError('PART_UNAVAILABLE', 'it is away');
  };
  const next = async () => (fails('next') ? refuse() : seen.wanted);
  const log = pino(
    {},
    { write: (line: string) => void seen.lines.push((JSON.parse(line) as { msg: string }).msg) },
  );
  following.push(
    followManifest(
      {
        feed: { first: next, next, keep: async () => undefined },
        pollMs: 5,
        log,
        apply: async ({ revision }) => {
          seen.applied.push(String(revision));
          return fails('apply') ? [failure] : [];
        },
        onServed: async ({ revision }) => {
          if (fails('keep')) refuse();
          seen.kept.push(String(revision));
        },
      },
      { manifest: first, failures: [] },
    ),
  );
  return seen;
}

const patience = { interval: 5 };

test('what could not be loaded is tried again until it is, and only then is it what is served', async () => {
  const seen = follow(manifestOf('r1'), { apply: 2 });
  await expect.poll(() => seen.kept, patience).toEqual(['r1']);
  seen.wanted = manifestOf('r2');
  await expect.poll(() => seen.kept, patience).toEqual(['r1', 'r2']);
  expect(seen.applied).toEqual(['r2', 'r2', 'r2']);
  expect(seen.lines).toEqual(['a version could not be loaded', 'a version could not be loaded']);
});

test('what is served and could not be remembered is remembered later, and is not loaded again', async () => {
  const seen = follow(manifestOf('r1'), { keep: 3 });
  await expect.poll(() => seen.kept, patience).toEqual(['r1']);
  expect(seen.applied).toEqual([]);
});

test('a feed that is away is told once, and once when it is back', async () => {
  const seen = follow(manifestOf('r1'), { next: 5 });
  await expect
    .poll(() => seen.lines, patience)
    .toEqual([
      'what is to be served cannot be followed: what answers goes on',
      'what is to be served can be followed again',
    ]);
  expect(seen.kept).toEqual(['r1']);
});

test('a step back while the new one fails is served at once', async () => {
  const seen = follow(manifestOf('r1'), { apply: 1_000 });
  seen.wanted = manifestOf('r2');
  await expect.poll(() => seen.applied.length, patience).toBeGreaterThan(0);
  seen.wanted = manifestOf('r1');
  await expect.poll(() => seen.applied.at(-1), patience).toBe('r1');
});
