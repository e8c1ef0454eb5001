import { sql } from 'drizzle-orm';
import type { JudgedWindow, WatchStanding } from '../domain/ports/watches.js';
import type { Database } from './client.js';

type Told = Omit<JudgedWindow, 'from' | 'to' | 'judgedAt'> & { from: string; to: string; judgedAt: string };

/** One statement for all endpoints: the newest window of a line is one row of its key. */
export async function readStandings(database: Database): Promise<readonly WatchStanding[]> {
  const rows = await database.write((session) =>
    session.execute<{
      project: string;
      endpoint: string;
      newest: readonly Told[];
      open: WatchStanding['openIncidents'];
    }>(sql`
      select w.project, w.endpoint, coalesce(windows.newest, '[]') as newest, coalesce(open.kinds, '{}') as open
      from watches w
      join endpoints e on e.project = w.project and e.endpoint = w.endpoint and e.retired_at is null
      cross join lateral (
        select jsonb_agg(jsonb_build_object(
          'project', j.project, 'endpoint', j.endpoint, 'line', j.line, 'from', j."from", 'to', j."to",
          'model', j.model, 'modelVersion', j.model_version, 'rows', j.rows, 'verdict', j.verdict,
          'verdicts', j.verdicts, 'numbers', j.numbers, 'evidence', j.evidence, 'judgedAt', j.judged_at
        ) order by j.line) as newest
        from unnest(array['inputs', 'truth']) as lines (line)
        cross join lateral (
          select * from judged_windows own
          where own.project = w.project and own.endpoint = w.endpoint and own.line = lines.line
          order by own."from" desc limit 1) j) windows
      cross join lateral (
        select jsonb_object_agg(kind, incidents) as kinds
        from (
          select kind, count(*)::int as incidents from incidents i
          where i.project = w.project and i.endpoint = w.endpoint and i.closed_at is null
          group by kind) kinds) open
      order by w.project, w.endpoint`),
  );
  return rows.map(({ project, endpoint, newest, open }) => ({
    ...{ project, endpoint, openIncidents: open },
    newest: newest.map((told) => ({
      ...told,
      from: instantOf(told.from),
      to: instantOf(told.to),
      judgedAt: instantOf(told.judgedAt),
    })),
  }));
}

const instantOf = (time: string): string => new Date(time).toISOString();
