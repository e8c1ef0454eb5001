import { describe, expect, it } from 'vitest';
import { summarySchema } from '../../../scripts/demo/summary.js';

const summary = {
  runs: [],
  datasets: [],
  models: [],
  approvals: [
    {
      subject: 'late-arrival@1',
      outcome: 'approved',
      votes: [
        { approver: 'lisa', channel: 'update', decision: 'approve' },
        { approver: 'omar', channel: 'signal', decision: 'approve' },
      ],
    },
  ],
  refusals: [{ what: 'policy of the model', rule: 'even-carriers', actual: '0.27', limit: '0.4' }],
  urls: {},
  timingsMs: {},
};

describe('the summary of a demo', () => {
  it('holds what people said, and how it came', () => {
    expect(summarySchema.parse(summary)).toEqual(summary);
  });

  it.each([
    ['approvals[0].outcome', { outcome: 'fine' }],
    ['a vote by letter', { votes: [{ approver: 'lisa', channel: 'letter', decision: 'approve' }] }],
    ['a vote of no decision', { votes: [{ approver: 'lisa', channel: 'update', decision: 'perhaps' }] }],
    ['a field that programs do not know', { note: 'and more' }],
  ])('refuses %s', (_, wrong) => {
    const approvals = [{ ...summary.approvals[0], ...wrong }];
    expect(summarySchema.safeParse({ ...summary, approvals }).success).toBe(false);
  });
});
