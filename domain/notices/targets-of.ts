import type { NotificationConfig } from '../config/tracking.js';
import type { Notice } from '../ports/outbox.js';

/** What a commit shows whoever looks at it: its runs, and that it is not applied. */
const ofCommits: readonly Notice['kind'][] = [
  'run.proposed',
  'run.failed',
  'run.refused',
  'run.succeeded',
  'apply.refused',
];

/**
 * Which of a project's targets a notice goes to, by their names: those that are to be told of its kind. A test goes to all
 * that can show one.
 */
export function targetsOf(
  notice: Pick<Notice, 'kind' | 'commit'>,
  notifications: Readonly<Record<string, NotificationConfig>>,
): readonly string[] {
  return Object.entries(notifications).flatMap(([name, target]) => (isTold(target, notice) ? [name] : []));
}

function isTold(target: NotificationConfig, { kind, commit }: Pick<Notice, 'kind' | 'commit'>): boolean {
  if (target.kind === 'commit-status') return commit !== null && ofCommits.includes(kind);
  return kind === 'test' || target.about.includes(kind);
}
