import type { KnownRegion } from '../../estimate/estimate-validity.js';
import type { ReferenceProfile } from './reference-profile.js';

/** Where each input of a reference has values; one without any finite number has none. */
export function knownRegions({ columns }: Pick<ReferenceProfile, 'columns'>): Record<string, KnownRegion> {
  return Object.fromEntries(
    Object.entries(columns).flatMap(([name, profile]): [string, KnownRegion][] => {
      if (profile.kind === 'categorical') return [[name, { kind: 'categorical', known: profile.bins }]];
      const { values } = profile.distribution;
      const [low, high] = [values[0], values.at(-1)];
      if (low === undefined || high === undefined) return [];
      return [[name, { kind: 'numeric', low, high }]];
    }),
  );
}
