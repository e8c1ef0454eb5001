import postgres from 'postgres';
import { answered } from '../../cli/answered.js';
import { type Figure, quantile } from './figures.js';
import type { BenchStack } from './with-stack.js';

const approvals = 10_000;
const pages = 60;

const cases = {
  'list of open ones': { status: 'open' },
  'list of all, newest': {},
  'list of a project, 200 a page': { project: 'tiny', limit: 200 },
  'list of a project by status': { project: 'tiny', status: 'expired' },
} as const;

/** First pages over HTTP, once there are 10,000 approvals. Those that are open have their workflows. */
export async function listFigures(
  { api }: BenchStack,
  { owner, open }: { readonly owner: string; readonly open: number },
): Promise<Figure[]> {
  await seed(owner);
  const figures: Figure[] = [];
  for (const [what, query] of Object.entries(cases)) {
    const tookMs: number[] = [];
    for (let page = 0; page < pages; page += 1) {
      const began = performance.now();
      await answered(api.GET('/api/v1/approvals', { params: { query } }));
      tookMs.push(performance.now() - began);
    }
    figures.push({ what: `${what}, 99 of 100`, value: quantile(tookMs, 0.99), unit: 'ms', limit: 200 });
  }
  const listed = await answered(
    api.GET('/api/v1/approvals', { params: { query: { status: 'open', limit: 200 } } }),
  );
  if (listed.approvals.length < open)
    throw new Error(`${listed.approvals.length} approvals are open, and not ${open}`);
  return figures;
}

/** Copies of one that ended, about other versions, so that there are as many as are wanted. */
async function seed(url: string): Promise<void> {
  const owner = postgres(url, { max: 1, onnotice: () => undefined });
  try {
    // A row of the audit chain for each would make a chain of one transaction, and is not what is measured.
    await owner`alter table approvals disable trigger user`;
    await owner`
      insert into approvals (id, project, kind, subject, round, digests, stages, author_set, requested_by,
        status, reason, stage, stage_opened_at, opened_at, ended_at)
      select 'approval/tiny/tiny@' || n || '/1', 'tiny', kind, 'tiny@' || n, 1, digests, stages, author_set,
        requested_by, case when n % 3 = 0 then 'expired' else status end, reason, stage, stage_opened_at,
        opened_at - n * interval '1 minute', ended_at
      from (select * from approvals where status = 'approved' limit 1) ended,
        generate_series(2, 1 + ${approvals}::int - (select count(*)::int from approvals)) n`;
    await owner`alter table approvals enable trigger user`;
    await owner`vacuum analyze approvals`;
    const [{ count } = { count: 0 }] = await owner<{ count: number }[]>`select count(*)::int from approvals`;
    if (count !== approvals) throw new Error(`${count} approvals were made, and not ${approvals}`);
  } finally {
    await owner.end();
  }
}
