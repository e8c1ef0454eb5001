import type { ApprovalStage, ApprovalStatus } from './approval.js';

/** An approval as its workflow knows it: what was judged, and what it did about the open stage. */
export interface ApprovalProgress {
  readonly stages: readonly Pick<ApprovalStage, 'name' | 'role' | 'expireMs' | 'remindMs' | 'escalate'>[];
  /** Index of the stage that it is in. */
  readonly stage: number;
  readonly stageOpenedAt: string;
  /** How many of the stage's reminders are due no more. */
  readonly reminded: number;
  readonly escalated: boolean;
  /** What the last settling said. */
  readonly judged: {
    readonly outcome: 'open' | Exclude<ApprovalStatus, 'open'>;
    readonly reason: string;
    readonly stage: number;
    readonly stageOpenedAt: string;
    /** By the workflow's clock. */
    readonly at: string;
  };
}

export type ApprovalStep =
  | { readonly kind: 'end'; readonly status: Exclude<ApprovalStatus, 'open'>; readonly reason: string }
  | { readonly kind: 'enter'; readonly stage: number; readonly openedAt: string }
  | { readonly kind: 'settle' }
  | { readonly kind: 'escalate'; readonly role: string }
  | { readonly kind: 'remind'; readonly reminded: number }
  | { readonly kind: 'wait'; readonly untilMs: number };

interface Moment {
  readonly progress: ApprovalProgress;
  readonly stage: ApprovalProgress['stages'][number];
  readonly openedAtMs: number;
  readonly expiresAtMs: number;
  readonly nowMs: number;
}

/** One row of the table: when it holds, what is done. */
interface Row {
  readonly when: (moment: Moment) => boolean;
  readonly step: (moment: Moment) => ApprovalStep;
}

/** What an approval does next. The first row that holds. */
const table: readonly Row[] = [
  {
    when: ({ progress: { judged } }) => judged.outcome !== 'open',
    step: ({ progress: { judged } }) =>
      end(judged.outcome === 'open' ? 'expired' : judged.outcome, judged.reason),
  },
  {
    when: ({ progress: { judged, stage } }) => judged.stage > stage,
    step: ({ progress: { judged } }) => ({
      kind: 'enter',
      stage: judged.stage,
      openedAt: judged.stageOpenedAt,
    }),
  },
  // A vote that was cast in time counts, also where its message comes after the timer.
  {
    when: ({ nowMs, expiresAtMs, progress }) =>
      nowMs >= expiresAtMs && Date.parse(progress.judged.at) < expiresAtMs,
    step: () => ({ kind: 'settle' }),
  },
  {
    when: ({ nowMs, expiresAtMs }) => nowMs >= expiresAtMs,
    step: ({ stage, expiresAtMs }) =>
      end('expired', `stage "${stage.name}" had not enough votes by ${new Date(expiresAtMs).toISOString()}`),
  },
  {
    when: (moment) => moment.nowMs >= escalationMs(moment),
    step: ({ stage }) => ({ kind: 'escalate', role: stage.escalate?.role ?? stage.role }),
  },
  {
    when: (moment) => moment.nowMs >= reminderMs(moment),
    step: ({ stage, nowMs, openedAtMs }) => ({
      kind: 'remind',
      reminded: Math.floor((nowMs - openedAtMs) / (stage.remindMs ?? 1)),
    }),
  },
  {
    when: () => true,
    step: (moment) => ({
      kind: 'wait',
      untilMs: Math.min(moment.expiresAtMs, escalationMs(moment), reminderMs(moment)),
    }),
  },
];

/** What an approval does next; small and stable, since running approvals replay it. */
export function nextApprovalStep(progress: ApprovalProgress, nowMs: number): ApprovalStep {
  const stage = progress.stages[progress.stage];
  if (stage === undefined) return end('void', 'the approval has no stage that people could vote in');
  const openedAtMs = Date.parse(progress.stageOpenedAt);
  const moment = { progress, stage, openedAtMs, expiresAtMs: openedAtMs + stage.expireMs, nowMs };
  const row = table.find(({ when }) => when(moment));
  if (row === undefined) throw new Error('the last row of the table holds always');
  return row.step(moment);
}

const end = (status: Exclude<ApprovalStatus, 'open'>, reason: string): ApprovalStep => ({
  kind: 'end',
  status,
  reason,
});

/** When the stage is escalated; never where it does not, or did. */
function escalationMs({ stage, openedAtMs, progress }: Moment): number {
  if (stage.escalate === null || progress.escalated) return Number.POSITIVE_INFINITY;
  return openedAtMs + stage.escalate.afterMs;
}

/** When the next reminder is due; never where there are none. */
function reminderMs({ stage, openedAtMs, progress }: Moment): number {
  if (stage.remindMs === null) return Number.POSITIVE_INFINITY;
  return openedAtMs + (progress.reminded + 1) * stage.remindMs;
}
