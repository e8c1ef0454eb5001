import { describe, expect, it } from 'vitest';
import { columnStream } from '../../../scripts/soak/claims/column-stream.js';
import { falseAlarms } from '../../../scripts/soak/claims/false-alarms.js';
import { learnedProfile, usual } from '../../../scripts/soak/claims/learned-profile.js';
import { powerOf } from '../../../scripts/soak/claims/power.js';

const off = { multivariate: 'off', outliers: 'off' } as const;

describe('limits that a hundred clean windows taught', () => {
  // No alarm in 100 windows has a chance of .006 where one in twenty alarms, and in 60 of .046. A thousand of each kind
  // take `npm run soak -- --suite claims`.
  it.each([
    { phi: 0, rows: 500, windows: 100, together: 3, tries: 30 },
    { phi: 0.5, rows: 500, windows: 100, together: 0, tries: 0 },
    { phi: 0, rows: 2000, windows: 60, together: 0, tries: 10 },
  ])('let clean windows of 20 columns pass, and find three that moved: %o', (kind) => {
    const { phi, rows, tries } = kind;
    const next = columnStream(11, phi);
    const profile = learnedProfile(next, rows, kind.together > 0 ? usual.detectors : off);
    expect(falseAlarms(profile, next, kind).alarms).toBe(0);
    expect(powerOf(profile, next, { rows, shift: 0.3, tries }).found).toBe(tries);
  });
});
