import { describe, expect, it } from 'vitest';
import { givenParts } from '../../../stack/given-parts.js';

describe('givenParts', () => {
  it('finds nothing in an environment without addresses', () => {
    expect(givenParts({ PATH: '/bin', TEMPORAL_NAMESPACE: 'mine' })).toEqual({});
  });

  it('takes a Temporal server with all that belongs to it', () => {
    const env = { TEMPORAL_ADDRESS: 'cloud:7233', TEMPORAL_API_KEY: 'key', OTHER: 'x' };
    expect(givenParts(env)).toEqual({
      temporal: { TEMPORAL_ADDRESS: 'cloud:7233', TEMPORAL_API_KEY: 'key' },
    });
  });

  it('takes a database with both of its addresses', () => {
    const env = { DATABASE_URL: 'postgres://a', DATABASE_OWNER_URL: 'postgres://b' };
    expect(givenParts(env)).toEqual({ database: { url: 'postgres://a', ownerUrl: 'postgres://b' } });
  });

  it('refuses a database address that comes alone, as it may be of another program', () => {
    expect(() => givenParts({ DATABASE_URL: 'postgres://a' })).toThrow(/DATABASE_OWNER_URL .* is not/);
  });
});
