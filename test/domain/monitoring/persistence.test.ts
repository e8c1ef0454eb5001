import { describe, expect, it } from 'vitest';
import { learnThreshold } from '../../../domain/monitoring/learned-threshold.js';
import { persistentVerdict } from '../../../domain/monitoring/persistence.js';

describe('what the last windows say together', () => {
  it.each([
    [['fail'], 'inconclusive'],
    [['pass', 'fail'], 'inconclusive'],
    [['fail', 'pass'], 'pass'],
    [['fail', 'pass', 'fail'], 'fail'],
    [['fail', 'pass', 'pass', 'fail'], 'inconclusive'],
    [['fail', 'inconclusive'], 'inconclusive'],
    [['inconclusive', 'inconclusive', 'pass'], 'inconclusive'],
    [['pass', 'pass', 'inconclusive'], 'pass'],
    [['inconclusive'], 'inconclusive'],
    [[], 'inconclusive'],
    [['error', 'error', 'error'], 'inconclusive'],
  ] as const)('%j is %s by two of three', (verdicts, together) => {
    expect(persistentVerdict(verdicts)).toBe(together);
  });

  it('is two in a row where the rule says two of two', () => {
    const inARow = { needs: 2, of: 2 };
    expect(persistentVerdict(['fail', 'pass', 'fail', 'pass'], inARow)).toBe('pass');
    expect(persistentVerdict(['pass', 'fail', 'fail'], inARow)).toBe('fail');
  });
});

describe('a limit that the reference taught', () => {
  it('is the largest statistic of its windows, and not below the floor', () => {
    expect(learnThreshold([0.02, 0.64, 0.31], 0.1)).toEqual({ limit: 0.64, windows: 3, isCalibrated: false });
    expect(learnThreshold([0.02, 0.03], 0.1).limit).toBe(0.1);
    expect(learnThreshold([], 0.1)).toEqual({ limit: 0.1, windows: 0, isCalibrated: false });
  });

  it('is calibrated from a hundred windows on', () => {
    expect(learnThreshold(new Array(99).fill(0), 0.1).isCalibrated).toBe(false);
    expect(learnThreshold(new Array(100).fill(0), 0.1).isCalibrated).toBe(true);
  });
});
