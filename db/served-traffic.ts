import { sql } from 'drizzle-orm';
import type { MonitorWindow } from '../domain/monitoring/window.js';
import type { EndpointName } from '../domain/ports/deployment-target.js';
import type { ServedShare, ServedTraffic, TrafficRow } from '../domain/ports/watches.js';
import { verificationUnit } from '../domain/predictions/verification-unit.js';
import type { Database } from './client.js';

/** Parts of a thousand and twenty-four, by the id of a row: the same rows whenever it is asked. */
const parts = 1024;

const eventAt = sql`coalesce(p.event_at, p.at)`;
/** What was answered again for feedback, and what a release asked to prove itself, is no traffic. */
const counted = sql` and not p.for_feedback and p.unit is distinct from ${verificationUnit}`;

/**
 * As `ratchet_app`, which reads predictions and changes none. Ends of the traffic are looked up version by version, each by
 * one row of an index: it is asked every few seconds, and there may be millions of them.
 */
export function createServedTraffic(database: Database): ServedTraffic {
  const versions: ServedTraffic['versions'] = async (name, window) =>
    database.write((session) =>
      session.execute<ServedShare & Record<string, unknown>>(sql`
        select s.project, s.model, s.version, s.model_digest as "modelDigest", count(*)::int as rows
        from predictions p join served_models s on s.id = p.served
        where p.served in (${ofEndpoint(name)})${counted} and ${inWindow(window)}
        group by 1, 2, 3, 4 order by rows desc, s.version desc`),
    );
  return {
    async progress(name) {
      const [row] = await database.write((session) =>
        session.execute<{ oldest: Date | null; newest: Date; came: Date }>(sql`
          select min(first.event) as oldest, max(last.event) as newest, max(came.at) as came
          from (${ofEndpoint(name)}) s
          cross join lateral (
            select ${eventAt} as event from predictions p where p.served = s.id${counted} order by 1 limit 1) first
          cross join lateral (
            select ${eventAt} as event from predictions p where p.served = s.id${counted} order by 1 desc limit 1) last
          cross join lateral (
            select p.at from predictions p where p.served = s.id${counted} order by p.at desc limit 1) came`),
      );
      if (row === undefined || row.oldest === null) return undefined;
      return {
        oldestEventAt: instantOf(row.oldest),
        newestEventAt: instantOf(row.newest),
        lastCameAt: instantOf(row.came),
      };
    },
    async nextEventAt(name, from) {
      const [row] = await database.write((session) =>
        session.execute<{ next: Date | null }>(sql`
          select min(first.event) as next from (${ofEndpoint(name)}) s
          cross join lateral (
            select ${eventAt} as event from predictions p
            where p.served = s.id${counted} and ${eventAt} >= ${from}::timestamptz order by 1 limit 1) first`),
      );
      return row?.next ? instantOf(row.next) : undefined;
    },
    versions,
    async countUpTo(name, window, most) {
      const shares = await database.write((session) =>
        session.execute<Omit<ServedShare, 'rows'> & { readonly counted: number }>(sql`
          select s.project, s.model, s.version, s.model_digest as "modelDigest", sum(few.rows)::int as counted
          from served_models s cross join lateral (
            select count(*) as rows from (
              select from predictions p where p.served = s.id${counted} and ${inWindow(window)} limit ${most + 1}) taken) few
          where s.id in (${ofEndpoint(name)})
          group by 1, 2, 3, 4 having sum(few.rows) > 0 order by counted desc, s.version desc`),
      );
      return shares.map(({ counted: rows, ...of }) => ({
        ...of,
        rows: Math.min(rows, most),
        isMore: rows > most,
      }));
    },
    async rows(name, modelDigest, window, most) {
      const all = (await versions(name, window))
        .filter((share) => share.modelDigest === modelDigest)
        .reduce((sum, { rows }) => sum + rows, 0);
      const taken = all <= most ? parts : Math.max(1, Math.floor((parts * most) / all));
      const rows = await database.write((session) =>
        session.execute<Omit<TrafficRow, 'eventAt'> & { event: Date }>(sql`
          select p.id, p.row, ${eventAt} as event, p.inputs, p.outputs, coalesce((
            select jsonb_agg(jsonb_build_object('source', f.source, 'truth', f.truth, 'reward', f.reward,
                'receivedAt', to_char(f.received_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'delayMs',
                round(1000 * extract(epoch from coalesce(f.event_at - ${eventAt}, f.received_at - p.at))))
              order by f.received_at, f.source)
            from feedback f
            where f.prediction_at = p.at and f.prediction_id = p.id and f.row = p.row), '[]') as truths
          from predictions p
          where ${ofVersion(name, modelDigest)} and ${inWindow(window)}
            and hashtextextended(p.id::text, p.row) & ${parts - 1} < ${taken}
          order by event, p.at, p.id, p.row`),
      );
      return rows.map(({ event, ...row }) => ({ ...row, eventAt: instantOf(event) }));
    },
  };
}

function inWindow({ from, to }: MonitorWindow) {
  return sql`${eventAt} >= ${from}::timestamptz and ${eventAt} < ${to}::timestamptz`;
}

/** A host knows the whole name of its endpoint. */
function ofEndpoint({ project, endpoint }: EndpointName) {
  return sql`select id from served_models where endpoint = ${`${project}/${endpoint}`}`;
}

function ofVersion(name: EndpointName, modelDigest: string) {
  return sql`p.served in (${ofEndpoint(name)} and model_digest = ${modelDigest})${counted}`;
}

const instantOf = (time: Date): string => new Date(time).toISOString();
