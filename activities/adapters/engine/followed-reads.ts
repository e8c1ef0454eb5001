import { realpath } from 'node:fs/promises';
import type { WantedContainer } from '../../../domain/engine/container-spec.js';

/** Links are followed first: what is bound is what the list was asked about. */
export function followedReads(reads: WantedContainer['reads']): Promise<WantedContainer['reads']> {
  return Promise.all(reads.map(async ({ source, target }) => ({ source: await realpath(source), target })));
}
