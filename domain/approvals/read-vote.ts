import type { VoteStatement } from '../signing/vote-statement.js';
import { voteDecisions } from '../signing/vote-statement.js';

const texts = ['approval', 'approver', 'reason', 'method', 'issuedAt', 'expiresAt', 'nonce'] as const;

const known = new Set<string>([...texts, 'type', 'round', 'onBehalfOf', 'decision', 'digests']);

/** A signed value as a vote; a text says why it is none. Nothing else may stand in it. */
export function readVote(value: unknown): VoteStatement | string {
  if (!isRecord(value)) return 'what was signed is not a vote';
  if (value['type'] !== 'https://ratchet.dev/vote/v1') return 'what was signed is not a vote of version 1';
  const wrong: string[] = texts.filter((name) => typeof value[name] !== 'string');
  if (!Number.isSafeInteger(value['round'])) wrong.push('round');
  const { onBehalfOf, decision, digests } = value;
  if (onBehalfOf !== null && typeof onBehalfOf !== 'string') wrong.push('onBehalfOf');
  if (!voteDecisions.some((known) => known === decision)) wrong.push('decision');
  if (!isRecord(digests) || Object.values(digests).some((digest) => typeof digest !== 'string'))
    wrong.push('digests');
  const other = Object.keys(value).filter((name) => !known.has(name));
  if (other.length > 0)
    return `the signed vote says ${other.sort().join(', ')}, of which a vote says nothing`;
  return wrong.length === 0
    ? (value as unknown as VoteStatement)
    : `the signed vote does not say a valid ${wrong.join(', ')}`;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
