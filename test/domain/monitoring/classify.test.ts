import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classify, decideRetraining, type Evidence } from '../../../domain/monitoring/classify.js';
import { incidentCourses } from '../../../domain/monitoring/incident-kinds.js';
import { verdicts } from '../../../domain/verdict.js';

const well: Evidence = {
  skew: 'pass',
  firstWindow: 'pass',
  inputs: 'pass',
  predictions: 'pass',
  realised: 'pass',
  estimated: 'pass',
  outcomes: 'pass',
};

describe('the cause of what was seen', () => {
  it.each([
    ['nothing is wrong', {}, null],
    ['data that is not what was agreed on', { skew: 'fail' }, 'data-skew'],
    ['skew that looks like harmful drift', { skew: 'fail', inputs: 'fail', realised: 'fail' }, 'data-skew'],
    ['a first window that differs', { firstWindow: 'fail', inputs: 'fail' }, 'training-serving-skew'],
    ['inputs that moved and a realised loss', { inputs: 'fail', realised: 'fail' }, 'harmful-drift'],
    [
      'inputs that moved and an estimated loss, before the truth is in',
      { inputs: 'fail', realised: 'inconclusive', estimated: 'fail' },
      'harmful-drift',
    ],
    [
      'inputs that moved and an estimated loss that the truth denies',
      { inputs: 'fail', estimated: 'fail' },
      'covariate-drift',
    ],
    ['inputs that moved', { inputs: 'fail', realised: 'inconclusive' }, 'covariate-drift'],
    ['a loss while all else is stable', { realised: 'fail' }, 'concept-drift'],
    ['a loss while predictions moved', { realised: 'fail', predictions: 'fail' }, 'unexplained-loss'],
    [
      'a loss while too little is known of inputs',
      { realised: 'fail', inputs: 'inconclusive' },
      'unexplained-loss',
    ],
    ['outcomes of another share', { outcomes: 'fail', realised: 'fail' }, 'prior-shift'],
    ['an estimate alone', { estimated: 'fail' }, null],
  ] as const)('%s', (_, seen, kind) => {
    expect(classify({ ...well, ...seen })?.kind ?? null).toBe(kind);
  });

  it('is never found in what could not be judged', () => {
    const unknown = fc.constantFrom('pass' as const, 'inconclusive' as const, 'error' as const);
    const evidence = fc.record(
      Object.fromEntries(Object.keys(well).map((name) => [name, unknown])) as {
        [field in keyof Evidence]: typeof unknown;
      },
    );
    fc.assert(fc.property(evidence, (seen) => classify(seen) === null));
  });

  it('is skew whatever else is seen, and blocks retraining', () => {
    const any = fc.constantFrom(...verdicts);
    fc.assert(
      fc.property(any, any, any, (inputs, realised, estimated) => {
        expect(classify({ ...well, skew: 'fail', inputs, realised, estimated })?.kind).toBe('data-skew');
      }),
    );
    expect(incidentCourses['data-skew'].blocksRetraining).toBe(true);
  });
});

describe('a retraining', () => {
  const harmful = { kind: 'harmful-drift', because: 'inputs moved' } as const;
  const free = { isCalibrated: true, blockedBy: null };

  it('starts for drift that does harm', () => {
    expect(decideRetraining(harmful, { realised: 'fail' }, free)).toEqual({
      starts: true,
      reason: 'inputs moved',
    });
  });

  it('does not start while an incident of the data is open', () => {
    const blocked = { isCalibrated: true, blockedBy: 'data-skew' } as const;
    expect(decideRetraining(harmful, { realised: 'fail' }, blocked)).toMatchObject({ starts: false });
  });

  it('starts from weakly calibrated limits only beside a loss that was seen', () => {
    const weak = { isCalibrated: false, blockedBy: null };
    expect(decideRetraining(harmful, { realised: 'inconclusive' }, weak).starts).toBe(false);
    expect(decideRetraining(harmful, { realised: 'fail' }, weak).starts).toBe(true);
  });

  it('does not start for what others have to act on', () => {
    for (const kind of ['data-skew', 'covariate-drift', 'unexplained-loss'] as const)
      expect(decideRetraining({ kind, because: '' }, { realised: 'fail' }, free).starts).toBe(false);
  });
});
