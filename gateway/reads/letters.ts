import type { z } from '@hono/zod-openapi';
import type { Letter } from '../../domain/ports/outbox.js';
import type { GatewayDeps } from '../deps.js';
import type {
  letterDetailSchema,
  letterListQuery,
  letterPageSchema,
  letterSchema,
} from '../shapes/letters.js';

type Deps = Pick<GatewayDeps, 'outbox' | 'projects'>;

/** As many as a page has where nothing else is said. */
const pageLetters = 50;

/** One page of letters, newest first. Error: `PROJECT_NOT_FOUND`. */
export async function letterPage(
  { outbox, projects }: Deps,
  { project, status, limit = pageLetters, after }: z.infer<typeof letterListQuery>,
  /** Of which projects; null for all. */
  readable: readonly string[] | null,
): Promise<z.infer<typeof letterPageSchema>> {
  const letters = await outbox.list({
    ...(readable === null ? {} : { projects: readable }),
    ...(project === undefined ? {} : { project }),
    ...(status === undefined ? {} : { status }),
    ...(after === undefined ? {} : { before: Number(after) }),
    limit,
  });
  if (letters.length === 0 && project !== undefined) await projects.get(project);
  const last = letters.length === limit ? letters.at(-1) : undefined;
  return {
    letters: await Promise.all(letters.map((letter) => plainLetter(outbox, letter))),
    next: last ? String(last.seq) : null,
  };
}

/** Error: `NOT_FOUND`. */
export async function letterDetail(
  { outbox }: Pick<Deps, 'outbox'>,
  id: string,
): Promise<z.infer<typeof letterDetailSchema>> {
  const letter = await outbox.get(id);
  const { lines, to, commit } = letter.notice;
  const tries = (await outbox.attempts(id)).map(({ letter: _, ...attempt }) => attempt);
  return { ...(await plainLetter(outbox, letter)), lines: [...lines], to: [...to], commit, tries };
}

async function plainLetter(
  outbox: Deps['outbox'],
  { id, target, notice, status, attempts, nextAt, deliveredAt }: Letter,
): Promise<z.infer<typeof letterSchema>> {
  const { project, model, kind, title, runId, at } = notice;
  const isInTrouble = status !== 'delivered' && attempts > 0;
  const lastError = isInTrouble ? ((await outbox.attempts(id)).at(-1)?.error ?? null) : null;
  return {
    ...{ id, project, model, target, kind, title, runId, at },
    ...{ status, attempts, lastError, nextAt, deliveredAt },
  };
}
