import { seededRandom } from '../../../domain/stats/seeded-random.js';
import type { StackPart } from '../chaos/strike.js';

export const victims = [
  'temporal',
  'postgres',
  's3',
  'gateway',
  'orchestrator',
  'signer',
] as const satisfies readonly StackPart[];
export type Victim = (typeof victims)[number];

/** How a vote comes: told of by the gateway, by a raw signal, or sent twice at the same time. */
export const ways = ['update', 'signal', 'twice'] as const;
export type Way = (typeof ways)[number];

/** One person's vote, and the process that gets SIGKILL so long after it was sent. */
export interface PlannedVote {
  readonly way: Way;
  readonly victim: Victim;
  readonly delayMs: number;
}

/** What one seed does: as many votes as the quorum asks for, each with another victim. */
export interface VotesPlan {
  readonly votes: readonly PlannedVote[];
}

/** About as long as a vote takes from its request to its answer. */
const voteMs = 150;
/** The last one is followed by the promotion. */
const lastMs = 400;

export function planOf(seed: number): VotesPlan {
  const random = seededRandom(seed);
  const pick = <T>(from: readonly T[]) => from[Math.floor(random() * from.length)] as T;
  const quorum = random() < 0.5 ? 2 : 3;
  const struck = new Set<Victim>();
  const vote = (longestMs: number): PlannedVote => {
    const victim = pick(victims.filter((name) => !struck.has(name)));
    struck.add(victim);
    return { way: pick(ways), victim, delayMs: Math.floor(random() * longestMs) };
  };
  return { votes: Array.from({ length: quorum }, (_, at) => vote(at + 1 === quorum ? lastMs : voteMs)) };
}
