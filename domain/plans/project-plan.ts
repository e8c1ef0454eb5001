import type { RiskLevel } from '../risk/change-types.js';
import type { ClassifiedChange } from '../risk/classify-change.js';
import type { SuppressRule } from '../triggers/trigger-event.js';

/** What a plan may be about, in the order in which it is told. */
export const plannedParts = [
  'setting',
  'model',
  'schedule',
  'endpoint',
  'member',
  'changes',
  'source',
  'policy',
  'organisation',
] as const;

/** One thing that applying the commit creates, makes another or takes away. */
export interface PlannedChange {
  readonly part: (typeof plannedParts)[number];
  readonly name: string;
  readonly change: 'create' | 'update' | 'remove';
  /** In words. */
  readonly because: string;
  /** Whether people are asked before it is in force. */
  readonly asks: boolean;
}

/** A run that the push of the commit would ask for. */
export interface PlannedRun {
  readonly model: string;
  /** Changed files that it is made of, at most 5, and how many there are. */
  readonly paths: readonly string[];
  readonly files: number;
  readonly risk: RiskLevel;
  /** Types of the change, by the table of the reference design. */
  readonly changes: readonly ClassifiedChange[];
  /** Why it would wait all the same; null where it would not. */
  readonly waits: string | null;
}

/** What would start something, and by which rule it does not. */
export interface PlannedNothing {
  readonly model: string;
  readonly rule: SuppressRule;
  readonly reason: string;
}

/** Something that is not as Git has it. */
export interface Drift {
  readonly part: PlannedChange['part'];
  readonly name: string;
  /** In words: what is other, and whether it is put back. */
  readonly is: string;
}

/** What applying a commit would change, and which runs its push would ask for. Looking changes nothing. */
export interface ProjectPlan {
  readonly project: string;
  readonly commit: {
    readonly id: string;
    readonly ref: string;
    readonly author: string;
    readonly subject: string;
    readonly committedAt: string;
  };
  /** The head that was handled last, which changed files are counted from; null where all of them count. */
  readonly since: string | null;
  readonly files: number;
  /** At most 1,000, and how many there are beside. */
  readonly changes: readonly PlannedChange[];
  readonly moreChanges: number;
  /** Who approves what `asks`; null where nobody is asked. */
  readonly approval: { readonly role: string; readonly quorum: number } | null;
  readonly runs: readonly PlannedRun[];
  readonly suppressed: readonly PlannedNothing[];
  readonly drift: readonly Drift[];
}

export interface PlanProjectInput {
  readonly project: string;
  /** Branch, tag or commit; null for the tracked branch. */
  readonly ref: string | null;
}
