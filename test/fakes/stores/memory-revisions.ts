import { RatchetError } from '../../../domain/errors/ratchet-error.js';
import type { EndpointName, WantedRevision } from '../../../domain/ports/deployment-target.js';
import type { EndpointRecord, EndpointStore, RevisionRecord } from '../../../domain/ports/endpoints.js';

type Revisions = Omit<EndpointStore, 'declare' | 'get' | 'list' | 'following' | 'scale'>;

export function createMemoryRevisions(
  require: (name: EndpointName) => EndpointRecord,
  requireRelease: (id: string) => Promise<EndpointName>,
): Revisions {
  const asked: WantedRevision[] = [];
  const lived: RevisionRecord[] = [];
  const isOf = (name: EndpointName) => (row: EndpointName) =>
    row.project === name.project && row.endpoint === name.endpoint;
  const wanted = (name: EndpointName) => asked.findLast(isOf(name));
  const newestFirst = (name: EndpointName) => lived.filter(isOf(name)).reverse();
  const end = (name: EndpointName, until: string) => {
    const at = lived.findIndex((row) => isOf(name)(row) && row.until === null);
    const live = lived[at];
    if (live) lived[at] = { ...live, until: latest(until, live.from) };
  };
  return {
    async want(revision, releaseId) {
      require(revision);
      await requireRelease(releaseId);
      const known = wanted(revision);
      if (known?.revision === revision.revision) return;
      if (known && known.ordinal >= revision.ordinal)
        throw new RatchetError('CONFLICT', `revision ${known.ordinal} is wanted`);
      asked.push(revision);
    },
    wanted: async (name) => wanted(name),
    allWanted: async () =>
      asked
        .filter((one) => wanted(one) === one && require(one).retiredAt === null)
        .sort((a, b) => (`${a.project} ${a.endpoint}` < `${b.project} ${b.endpoint}` ? -1 : 1)),
    nextOrdinal: async (name) => (wanted(name)?.ordinal ?? 0) + 1,
    async recordLive(revision) {
      require(revision);
      const rows = newestFirst(revision);
      const known = rows.find((row) => row.revision === revision.revision);
      if (known) return known;
      await requireRelease(revision.releaseId);
      const [before] = rows;
      const from = latest(revision.from, before?.until ?? before?.from ?? revision.from);
      end(revision, from);
      const row = { ...revision, from, until: null };
      lived.push(row);
      return row;
    },
    async recordEnded(name, until) {
      require(name);
      end(name, until);
    },
    revisions: async (name) => newestFirst(name).slice(0, 100),
    async servedTime(name, { from, to }) {
      const spans = newestFirst(name).flatMap((row) => {
        const began = Math.max(Date.parse(row.from), Date.parse(from));
        const ended = Math.min(row.until === null ? Date.now() : Date.parse(row.until), Date.parse(to));
        return began < ended ? [(ended - began) * row.wanted.replicas] : [];
      });
      return { revisions: spans.length, replicaMs: spans.reduce((sum, ms) => sum + ms, 0) };
    },
    liveAt: async (name, at) =>
      newestFirst(name).find((row) => row.from <= at && (row.until === null || row.until > at)),
  };
}

function latest(one: string, other: string): string {
  return one < other ? other : one;
}
