import type { CauseFacts, PushFacts } from './trigger-event.js';

/** What an event says of itself, in one line for people. */
export function factsText(facts: CauseFacts): string {
  switch (facts.kind) {
    case 'push':
      return `${facts.commit.slice(0, 12)} by ${facts.author} on ${branchOf(facts.ref)}: ${facts.subject}`;
    case 'schedule':
      return `slot ${facts.slot} ${facts.timeZone} of ${facts.schedule}${facts.variant === null ? '' : `, variant ${facts.variant}`}`;
    case 'new-data':
      return `${rowsText(facts)} of ${facts.name} in ${facts.source}, from ${facts.from ?? 'the beginning'} to ${facts.to}`;
    case 'monitoring':
      return `alarm ${facts.alarm} by ${facts.rule}${measured(facts)}${facts.endpoint === null ? '' : ` at ${facts.endpoint}`}`;
    case 'event':
      return `${facts.name} from ${facts.source}, id ${facts.id}`;
    case 'promotion':
      return `version ${facts.version} became champion`;
    case 'manual':
      return facts.reason ?? 'without a reason';
  }
}

/** Changed files of a push: those that are named, and how many there are beside them. */
export function changedFilesText({ paths, files }: Pick<PushFacts, 'paths' | 'files'>): string {
  const others = files - paths.length;
  if (paths.length === 0) return `${files} ${files === 1 ? 'file' : 'files'}`;
  return others > 0 ? `${paths.join(', ')} and ${others} more` : paths.join(', ');
}

const branchOf = (ref: string) => ref.replace(/^refs\/heads\//, '');

function rowsText({ rows, late }: { readonly rows: number; readonly late: number }): string {
  return late > 0 ? `${rows} new and ${late} late rows` : `${rows} new rows`;
}

function measured({
  value,
  limit,
}: {
  readonly value: number | null;
  readonly limit: number | null;
}): string {
  const parts = [...(value === null ? [] : [`${value}`]), ...(limit === null ? [] : [`limit ${limit}`])];
  return parts.length === 0 ? '' : `: ${parts.join(', ')}`;
}
