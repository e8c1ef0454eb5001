import { parentPort } from 'node:worker_threads';
import type { ModelConfig } from '../../domain/config/model.js';
import { type Association, type AssociationColumn, associate } from '../../domain/drift/association.js';
import type { DriftSample } from '../../domain/drift/column-shift.js';
import { type ColumnDrift, compareColumns } from '../../domain/drift/compare-columns.js';
import { messageOf } from '../../domain/errors/ratchet-error.js';
import type { PolicyFacts } from '../../domain/policy/facts/policy-facts.js';
import { judgePolicy } from '../../domain/policy/judge-policy.js';
import type { MergedPolicy } from '../../domain/policy/merge-policies.js';
import type { RuleResult } from '../../domain/policy/policy-verdict.js';

/** What a thread is asked, once. */
export type PolicyTask =
  | {
      readonly do: 'judge';
      readonly policy: MergedPolicy;
      readonly facts: PolicyFacts;
      readonly model: Pick<ModelConfig, 'evaluation'>;
    }
  | { readonly do: 'drift'; readonly samples: Readonly<Record<string, DriftSample>> }
  | {
      readonly do: 'associate';
      readonly pairs: readonly { readonly first: AssociationColumn; readonly second: AssociationColumn }[];
    };

/** What it says: that it listens, then results as they come, at last that it is done or why it is not. */
export type PolicyAnswer =
  | { readonly kind: 'ready' }
  | { readonly kind: 'rule'; readonly result: RuleResult }
  | { readonly kind: 'drift'; readonly columns: readonly ColumnDrift[] }
  | { readonly kind: 'associations'; readonly found: readonly (Association | { readonly reason: string })[] }
  | { readonly kind: 'done' }
  | { readonly kind: 'failed'; readonly reason: string };

const say = (answer: PolicyAnswer) => parentPort?.postMessage(answer);

function work(task: PolicyTask): void {
  switch (task.do) {
    case 'judge':
      for (const result of judgePolicy(task.policy, { ...task.facts }, task.model))
        say({ kind: 'rule', result });
      break;
    case 'drift':
      say({ kind: 'drift', columns: compareColumns(task.samples) });
      break;
    case 'associate':
      say({ kind: 'associations', found: task.pairs.map(({ first, second }) => associate(first, second)) });
      break;
  }
}

parentPort?.on('message', (task: PolicyTask) => {
  try {
    work(task);
    say({ kind: 'done' });
  } catch (error) {
    say({ kind: 'failed', reason: messageOf(error) });
  }
});
say({ kind: 'ready' });
