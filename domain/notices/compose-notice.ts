import type { Notice } from '../ports/outbox.js';
import { cutLine } from './cut-line.js';

const titleCharacters = 200;
const lineCharacters = 500;
const mostLines = 40;

type Draft = Pick<Notice, 'key' | 'project' | 'kind' | 'title' | 'at'> &
  Partial<Pick<Notice, 'model' | 'commit' | 'state' | 'runId'>> & {
    readonly to?: readonly (string | null)[];
    /** What may be left out where there is too much of it. */
    readonly facts: readonly string[];
    /** What always stands at the end: what a person can do. */
    readonly commands: readonly string[];
  };

/** A notice of printable lines, none of them endless, and not too many. */
export function composeNotice({ facts, commands, to = [], ...draft }: Draft): Notice {
  const room = mostLines - commands.length;
  const left = facts.length > room ? [`and ${facts.length - room + 1} more`] : [];
  const told = [...facts.slice(0, room - left.length), ...left, ...commands];
  return {
    model: null,
    commit: null,
    state: 'pending',
    runId: null,
    ...draft,
    title: cutLine(draft.title, titleCharacters),
    lines: told.map((line) => cutLine(line, lineCharacters)),
    to: [...new Set(to.filter((account) => account !== null))],
  };
}
