import { describe, expect, it } from 'vitest';
import { monitoringSchema } from '../../../domain/config/monitoring.js';
import { classify } from '../../../domain/monitoring/classify.js';
import type { WindowVerdicts } from '../../../domain/monitoring/evidence-of.js';
import { toldByWindows } from '../../../domain/monitoring/told-by-windows.js';

const { drift } = monitoringSchema.parse({});
const rules = {
  drift,
  conditions: { loss: { when: 'metrics.skill < 0.0', persistence: drift.persistence } },
};
const sound = { 'column:x': 'pass', predictions: 'pass', estimated: 'pass' } as const;
const moved = { ...sound, 'column:x': 'fail', predictions: 'fail', estimated: 'fail' } as const;
const wrong = { ...moved, 'skew:unit-change:x': 'fail' } as const;
const good = { 'condition:loss': 'pass', outcomes: 'pass', concept: 'pass' } as const;
const bad = { 'condition:loss': 'fail', outcomes: 'fail', concept: 'fail' } as const;

/** One a day. */
const days = (...verdicts: readonly WindowVerdicts[]) =>
  verdicts.map((of, day) => ({
    from: new Date(Date.UTC(2026, 0, 1 + day)).toISOString(),
    to: new Date(Date.UTC(2026, 0, 2 + day)).toISOString(),
    verdicts: of,
  }));
const kindOf = (inputs: readonly WindowVerdicts[], truth: readonly WindowVerdicts[]) =>
  classify(toldByWindows({ inputs: days(...inputs), truth: days(...truth) }, rules).evidence)?.kind;

describe('windows whose data was wrong', () => {
  it('are wrong data as long as the newest is, whatever else failed in them', () => {
    expect(kindOf([sound, wrong, wrong], [good, bad, bad])).toBe('data-skew');
  });

  it('say nothing of drift or loss once the data is right again, nor does the truth that comes then', () => {
    expect(kindOf([wrong, wrong, sound], [bad, bad])).toBeUndefined();
    expect(kindOf([wrong, wrong, sound, sound, sound], [bad, bad, good])).toBeUndefined();
    expect(kindOf([wrong, wrong, sound, sound, sound, sound], [bad, bad])).toBeUndefined();
  });

  it('leave what was seen beside them as it is', () => {
    expect(kindOf([moved, wrong, moved], [])).toBe('harmful-drift');
    expect(kindOf([sound, wrong, sound, sound], [good, bad, bad, bad])).toBe('prior-shift');
  });
});

describe('a loss that is known late', () => {
  it('is harm of the drift that was there then, though the inputs are back', () => {
    const inputs = [sound, moved, moved, sound, sound, sound];
    expect(kindOf(inputs, [good, { 'condition:loss': 'fail' }, { 'condition:loss': 'fail' }])).toBe(
      'harmful-drift',
    );
    const told = toldByWindows({ inputs: days(...inputs), truth: days(good, bad, bad) }, rules);
    expect(told.moved).toEqual(['x']);
  });

  it('is of another concept where the inputs had not moved then, and of no known cause while that is not certain', () => {
    const lost = { 'condition:loss': 'fail' } as const;
    expect(kindOf([sound, sound, sound, sound, moved], [lost, lost])).toBe('unexplained-loss');
    expect(kindOf([sound, sound, sound, sound, sound], [lost, lost])).toBe('concept-drift');
  });
});
