import { Chain } from './chain.js';
import { type Job, priorityLevels } from './job.js';

/** Requests that wait, counted by rows. A request of no rows counts as one, so that these are bounded too. */
export interface RowQueue {
  readonly rows: number;
  add(job: Job): void;
  /** Puts jobs that were taken before back to the front, each to be taken alone. */
  putBack(jobs: readonly Job[]): void;
  remove(job: Job): void;
  /**
   * The next batch: the job that is due first, and after it those that fit it, up to so many rows. A job with more rows
   * is a batch by itself. Empty where nothing waits.
   */
  take(mostRows: number): readonly Job[];
  all(): readonly Job[];
}

export const costOf = (job: Job): number => Math.max(job.request.rows, 1);

export function createRowQueue(): RowQueue {
  const again = new Chain<Job>();
  const levels = Array.from({ length: priorityLevels }, () => new Chain<Job>());
  /** In the order in which they are taken. */
  const places = [again, ...levels];
  let rows = 0;

  function placeOf(job: Job): Chain<Job> | undefined {
    return job.isAlone ? again : levels[job.level];
  }

  function add(job: Job): void {
    job.waiting = placeOf(job)?.add(job) ?? null;
    rows += costOf(job);
  }

  function remove(job: Job): void {
    if (job.waiting === null) return;
    placeOf(job)?.remove(job.waiting);
    job.waiting = null;
    rows -= costOf(job);
  }

  function choose(mostRows: number): readonly Job[] {
    const chosen: Job[] = [];
    let taken = 0;
    for (const place of places) {
      for (let link = place.first; link !== null; link = link.after) {
        const job = link.value;
        const first = chosen[0];
        if (first !== undefined && !fits(first, job)) continue;
        if (first !== undefined && taken + costOf(job) > mostRows) return chosen;
        chosen.push(job);
        taken += costOf(job);
        if (!isShared(job) || taken >= mostRows) return chosen;
      }
    }
    return chosen;
  }

  return {
    get rows() {
      return rows;
    },
    add,
    putBack: (jobs) => {
      for (const job of jobs) {
        job.isAlone = true;
        add(job);
      }
    },
    remove,
    take: (mostRows) => {
      const chosen = choose(mostRows);
      for (const job of chosen) remove(job);
      return chosen;
    },
    all: () => places.flatMap((place) => [...place]),
  };
}

const isShared = (job: Job): boolean => !job.isAlone && job.request.batchKey !== null;

function fits(first: Job, job: Job): boolean {
  return isShared(job) && job.request.batchKey === first.request.batchKey;
}
