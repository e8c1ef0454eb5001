import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { canonicalText } from '../../domain/canonical-text.js';
import { messageOf, RatchetError } from '../../domain/errors/ratchet-error.js';
import type { ServingManifest } from '../../domain/serving/manifest.js';
import type { LoadFailure } from '../models/model-loader.js';
import type { ManifestFeed } from './manifest-feed.js';

/** Longest time until a version that could not be loaded is tried again. */
const mostRestMs = 60_000;

export interface FollowOptions {
  readonly feed: ManifestFeed;
  readonly pollMs: number;
  readonly log: Logger;
  /** Serves it beside what answers, and then in its place. */
  readonly apply: (manifest: ServingManifest) => Promise<readonly LoadFailure[]>;
  /** All of it is served. Asked again where it fails. */
  readonly onServed: (manifest: ServingManifest) => Promise<void>;
}

/** What was tried at the start, and how that went. */
export interface FirstTry {
  readonly manifest: ServingManifest;
  readonly failures: readonly LoadFailure[];
}

/** Follows a feed until it is closed. Whatever the feed or a model fails with, what answers goes on. */
export function followManifest(
  { feed, pollMs, log, apply, onServed }: FollowOptions,
  first: FirstTry,
): { close(): void } {
  const over = new AbortController();
  let served: ServingManifest | null = null;
  let tried: ServingManifest = first.manifest;
  let isKept = false;
  let [restMs, restUntilMs] = [0, 0];
  let trouble = '';

  async function conclude(manifest: ServingManifest, failures: readonly LoadFailure[]): Promise<void> {
    tried = manifest;
    for (const failure of failures) log.error(told(failure), 'a version could not be loaded');
    restMs = failures.length === 0 ? 0 : Math.min(Math.max(restMs * 2, pollMs), mostRestMs);
    restUntilMs = performance.now() + restMs;
    if (failures.length > 0) return;
    served = manifest;
    isKept = false;
    await keep(manifest);
  }

  async function keep(manifest: ServingManifest): Promise<void> {
    await onServed(manifest);
    isKept = true;
  }

  async function look(): Promise<void> {
    const manifest = await feed.next(served);
    const isNew = !isSame(manifest, tried);
    if (over.signal.aborted) return;
    if (!isNew && served !== null && isSame(manifest, served)) return isKept ? undefined : await keep(served);
    if (!isNew && performance.now() < restUntilMs) return;
    if (isNew) restMs = 0;
    await conclude(manifest, await apply(manifest));
  }

  /** Trouble that goes on is told once. */
  function tell(error: unknown): void {
    const text = error === null ? '' : messageOf(error);
    if (text === trouble || over.signal.aborted) return;
    trouble = text;
    if (error === null) log.info('what is to be served can be followed again');
    else
      log.warn(
        { code: codeOf(error), reason: text },
        'what is to be served cannot be followed: what answers goes on',
      );
  }

  async function follow(): Promise<void> {
    await conclude(first.manifest, first.failures).catch(tell);
    while (!over.signal.aborted) {
      await sleep(pollMs, undefined, { signal: over.signal }).catch(() => undefined);
      if (over.signal.aborted) return;
      await look().then(() => tell(null), tell);
    }
  }

  void follow();
  return { close: () => over.abort() };
}

const isSame = (a: ServingManifest, b: ServingManifest) => canonicalText(a) === canonicalText(b);
const codeOf = (error: unknown) => (error instanceof RatchetError ? error.code : 'INTERNAL');
const told = ({ model, version, error }: LoadFailure) => ({
  model,
  version,
  code: codeOf(error),
  reason: messageOf(error),
});
