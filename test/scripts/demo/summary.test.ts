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
  deliveries: [
    { id: 'gitea:1', what: 'push of refs/heads/main', status: 'handled', result: 'trains late-arrival' },
  ],
  events: [
    {
      id: 'e',
      model: 'late-arrival',
      kind: 'schedule',
      about: 'slot 2026-03-02T04:30 of weekly',
      outcome: 'started',
      runId: 'r',
    },
  ],
  letters: [
    {
      id: 'l',
      kind: 'run.refused',
      model: 'late-arrival',
      runId: 'r',
      title: 'the run was refused',
      to: ['dana'],
      status: 'delivered',
      attempts: 1,
    },
  ],
  incidents: [
    {
      id: 'inc-1',
      kind: 'harmful-drift',
      endpoint: 'late-arrival',
      openedAt: '2013-04-16T00:00:00.000Z',
      routedTo: ['retrain'],
      run: 'r',
      closedAt: null,
    },
  ],
  urls: {},
  timingsMs: {},
};

describe('the summary of a demo', () => {
  it('holds what people said and were told, what asked for runs, and how it came', () => {
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
