import { describe, expect, it } from 'vitest';
import { runcFault } from '../../../domain/engine/runc-version.js';

describe('a version of runc', () => {
  it.each(['1.2.8', '1.2.10', '1.3.3', '1.3.4-dev', '1.4.0', '1.10.0', '2.0.0', 'v1.3.3'])(
    '%s is taken',
    (version) => {
      expect(runcFault(version)).toBe(null);
    },
  );

  it.each(['1.0.0', '1.1.5+ds1', '1.1.15', '1.2.7', '1.3.2', '0.1.1'])('%s has known ways out', (version) => {
    expect(runcFault(version)).toContain(`runc ${version} has known ways out`);
  });

  it.each(['', 'unknown', '1.3'])('%j is none', (version) => {
    expect(runcFault(version)).toMatch(/^no version of runc is .*; allowed are 1\.2\.8/);
  });
});
