import type { ServedVersion } from '../data-plane-port.js';
import { createVersionCounters, type VersionCounters } from '../version-counters.js';
import type { LiveVersion } from './live-version.js';

/** One version of a model, whether or not it answers. */
export interface VersionEntry {
  readonly model: string;
  readonly version: string;
  state: ServedVersion['state'];
  reason: string;
  /** Answers where the state is `READY`. */
  live: LiveVersion | null;
  /** Go on over every load of the version. */
  readonly counters: VersionCounters;
}

export function newEntry(model: string, version: string): VersionEntry {
  return { model, version, state: 'LOADING', reason: '', live: null, counters: createVersionCounters() };
}

export function setState(entry: VersionEntry, state: ServedVersion['state'], reason = ''): void {
  entry.state = state;
  entry.reason = reason;
}

export function shown({ model, version, state, reason, live }: VersionEntry): ServedVersion {
  return { model, version, state, reason, interface: live?.interface ?? null };
}

/** By model, the highest version first. */
export function inOrder(a: VersionEntry, b: VersionEntry): number {
  if (a.model !== b.model) return a.model < b.model ? -1 : 1;
  return Number(b.version) - Number(a.version);
}
