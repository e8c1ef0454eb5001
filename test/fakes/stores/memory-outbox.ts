import { randomUUID } from 'node:crypto';
import { pageLimit } from '../../../db/page-limit.js';
import { RatchetError } from '../../../domain/errors/ratchet-error.js';
import type { Letter, LetterAttempt, Outbox } from '../../../domain/ports/outbox.js';
import { type MemoryState, requireProject } from './memory-state.js';

/** An outbox in memory. `now` is its clock, in milliseconds since 1970. */
export function createMemoryOutbox(state: MemoryState, now: () => number = Date.now): Outbox {
  const letters: Letter[] = [];
  const attempts: LetterAttempt[] = [];
  const instant = () => new Date(now()).toISOString();
  const change = (id: string, with_: (letter: Letter) => Partial<Letter>) => {
    const at = letters.findIndex((letter) => letter.id === id);
    const letter = letters[at];
    if (letter !== undefined) letters[at] = { ...letter, ...with_(letter) };
  };
  const heads = () => {
    const byLine = new Map<string, Letter>();
    for (const letter of letters.filter(({ status }) => status === 'pending')) {
      const line = JSON.stringify([letter.notice.project, letter.target, letter.notice.model]);
      if (!byLine.has(line)) byLine.set(line, letter);
    }
    return [...byLine.values()];
  };
  return {
    async put(notice, targets) {
      requireProject(state, notice.project);
      for (const target of targets) {
        const isThere = letters.some(
          (one) =>
            one.target === target && one.notice.key === notice.key && one.notice.project === notice.project,
        );
        if (isThere) continue;
        const fresh = { status: 'pending', attempts: 0, nextAt: instant(), deliveredAt: null } as const;
        letters.push({ id: randomUUID(), seq: letters.length + 1, target, notice, ...fresh });
      }
    },
    due: async (limit) =>
      heads()
        .filter(({ nextAt }) => Date.parse(nextAt) <= now())
        .sort((a, b) => a.seq - b.seq)
        .slice(0, limit),
    nextAt: async () =>
      heads()
        .map(({ nextAt }) => nextAt)
        .sort()[0] ?? null,
    async get(id) {
      const letter = letters.find((one) => one.id === id);
      if (letter) return letter;
      throw new RatchetError('NOT_FOUND', `there is no letter "${id}"`);
    },
    async attempted(attempt, nextAt) {
      if (letters.every(({ id }) => id !== attempt.letter)) {
        throw new RatchetError('NOT_FOUND', `there is no letter "${attempt.letter}"`);
      }
      if (attempts.some(({ letter, at }) => letter === attempt.letter && at === attempt.at)) return;
      attempts.push(attempt);
      change(attempt.letter, (letter) => {
        if (letter.status !== 'pending') return {};
        const tried = { attempts: letter.attempts + 1 };
        if (nextAt !== null) return { ...tried, nextAt };
        return attempt.error === null
          ? { ...tried, status: 'delivered', deliveredAt: attempt.at }
          : { ...tried, status: 'dead' };
      });
    },
    list: async ({ project, projects, status, limit }) =>
      letters
        .filter((letter) => project === undefined || letter.notice.project === project)
        .filter((letter) => projects === undefined || projects.includes(letter.notice.project))
        .filter((letter) => status === undefined || letter.status === status)
        .reverse()
        .slice(0, pageLimit(limit, 'letters')),
    attempts: async (letter) => attempts.filter((attempt) => attempt.letter === letter),
    async redrive(project) {
      const dead = letters.filter(({ status, notice }) => status === 'dead' && notice.project === project);
      for (const { id } of dead) {
        change(id, () => ({ status: 'pending', attempts: 0, nextAt: instant() }));
      }
      return dead.length;
    },
  };
}
