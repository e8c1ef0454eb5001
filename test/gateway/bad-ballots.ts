import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ApprovalRecord, VoteRecord } from '../../domain/ports/approvals.js';
import type { Signer } from '../../domain/ports/signing.js';
import { type Envelope, payloadTypes } from '../../domain/signing/envelope.js';
import { generateKeyPair } from '../../trust/keys.js';
import { createLocalSigner } from '../../trust/local-signer.js';
import { asKeyOwner, type GatewayRoom } from './gateway-room.js';

interface Ballot {
  readonly approver: string;
  /** What is signed otherwise than the gateway would. */
  readonly said?: Readonly<Record<string, unknown>>;
  readonly onBehalfOf?: string;
  /** What its row says otherwise. */
  readonly row?: Partial<Pick<VoteRecord, 'approver' | 'decision'>>;
  readonly by?: Signer;
  /** Stored in the place of what was signed. */
  readonly envelope?: (signed: Envelope) => unknown;
}

const hourMs = 3_600_000;
const fromNow = (ms: number) => new Date(Date.now() + ms).toISOString();

/** Signs and stores votes past the gateway, as whoever holds a key or may write rows could. */
export class BallotPress {
  readonly room: GatewayRoom;
  readonly approval: ApprovalRecord;
  /** Another one of the same project. */
  readonly other: ApprovalRecord;

  constructor(room: GatewayRoom, approval: ApprovalRecord, other: ApprovalRecord) {
    this.room = room;
    this.approval = approval;
    this.other = other;
  }

  async put({ approver, said = {}, row = {}, by, ...ballot }: Ballot): Promise<string> {
    const { id: approval, round, digests } = this.approval;
    const { onBehalfOf = null, envelope = (signed: Envelope) => signed } = ballot;
    const statement = {
      type: 'https://ratchet.dev/vote/v1',
      approval,
      round,
      approver,
      onBehalfOf,
      decision: 'approve',
      reason: 'looked at it',
      method: 'set-up-code',
      digests,
      issuedAt: fromNow(0),
      expiresAt: fromNow(hourMs),
      nonce: randomUUID(),
      ...said,
    } as const;
    const signed = await (by ?? this.room.deps.signer).sign(payloadTypes.vote, statement);
    const stored = await this.room.deps.approvals.putVote({
      ...{ id: randomUUID(), approval, approver, onBehalfOf, decision: 'approve', reason: '' },
      ...row,
      envelope: envelope(signed) as Envelope,
    });
    return stored.id;
  }

  /** `from` lets `to` vote in their place, from now until then. */
  async delegate(from: string, to: string, forMs = hourMs): Promise<string> {
    const id = randomUUID();
    const { project } = this.approval;
    await this.room.deps.approvals.delegate({
      id,
      project,
      from,
      to,
      role: 'reviewer',
      until: fromNow(forMs),
    });
    return id;
  }

  /** Signs with a key of its own that counts from then on, and may be revoked. */
  async registeredKey(notBefore: string): Promise<{ by: Signer; revoke: () => Promise<void> }> {
    const { publicKey, privateKey } = generateKeyPair();
    const { ownerUrl } = this.room.beneath.database;
    const id = await asKeyOwner(ownerUrl, (owner) => owner.register(publicKey, notBefore));
    const revoke = () => asKeyOwner(ownerUrl, (owner) => owner.revoke(id));
    return { by: createLocalSigner(privateKey), revoke };
  }
}

const rewritten = ({ payload, ...rest }: Envelope, from: string, to: string): Envelope => {
  const text = Buffer.from(payload, 'base64').toString().replaceAll(from, to);
  return { ...rest, payload: Buffer.from(text).toString('base64') };
};

type Press = (press: BallotPress) => Promise<string>;

/**
 * Votes that do not count, with the reason of each. Lisa, omar and sam review, and sam has voted; anna reviews too and is
 * an author; ben is an analyst, robot a machine, gone a reviewer whose account is disabled, ada an administrator, eve an
 * account alone.
 */
export const badBallots: readonly (readonly [string, RegExp, Press])[] = [
  [
    'forged: by a key that nobody registered',
    /is not registered/,
    (press) => press.put({ approver: 'lisa', by: createLocalSigner(generateKeyPair().privateKey) }),
  ],
  [
    'forged: changed after it was signed',
    /does not fit the payload/,
    (press) =>
      press.put({
        approver: 'lisa',
        envelope: (signed) => rewritten(signed, 'omar', 'lisa'),
        said: { approver: 'omar' },
      }),
  ],
  [
    "forged: another's vote under a name of one's own",
    /stored row says another approver/,
    (press) => press.put({ approver: 'lisa', said: { approver: 'omar' } }),
  ],
  [
    'forged: a rejection whose row says approve',
    /stored row says another decision/,
    (press) => press.put({ approver: 'lisa', said: { decision: 'reject' }, row: { decision: 'approve' } }),
  ],
  [
    'replayed onto another run',
    /stored row says another approval/,
    (press) =>
      press.put({ approver: 'lisa', said: { approval: press.other.id, digests: press.other.digests } }),
  ],
  [
    'replayed onto another round',
    /in round 2/,
    (press) => press.put({ approver: 'lisa', said: { round: 2 } }),
  ],
  [
    'replayed onto other bytes',
    /other digests: model/,
    (press) => {
      const digests = { ...press.approval.digests, model: '1'.repeat(64) };
      return press.put({ approver: 'lisa', said: { digests } });
    },
  ],
  [
    'late: after its own end',
    /was good until/,
    (press) => press.put({ approver: 'lisa', said: { expiresAt: fromNow(-1000) } }),
  ],
  [
    'signed for a time to come',
    /cast before/,
    (press) => press.put({ approver: 'lisa', said: { issuedAt: fromNow(hourMs) } }),
  ],
  [
    'double: in the place of who has voted',
    /vote of sam has been given already/,
    async (press) => {
      await press.delegate('sam', 'ben');
      return press.put({ approver: 'ben', onBehalfOf: 'sam' });
    },
  ],
  ['of another role', /takes votes of reviewer/, (press) => press.put({ approver: 'ben' })],
  ['of an author', /anna made what is to be approved/, (press) => press.put({ approver: 'anna' })],
  [
    'of an author in the place of another',
    /anna made what is to be approved/,
    async (press) => {
      await press.delegate('lisa', 'anna');
      return press.put({ approver: 'anna', onBehalfOf: 'lisa' });
    },
  ],
  [
    'in the place of an author',
    /anna made what is to be approved/,
    async (press) => {
      await press.delegate('anna', 'ben');
      return press.put({ approver: 'ben', onBehalfOf: 'anna' });
    },
  ],
  [
    'in a place that nobody gave',
    /has not delegated/,
    (press) => press.put({ approver: 'ben', onBehalfOf: 'omar' }),
  ],
  [
    'delegated, and cast after its end',
    /did not hold/,
    async (press) => {
      await press.delegate('lisa', 'omar', 100);
      await sleep(150);
      return press.put({ approver: 'omar', onBehalfOf: 'lisa' });
    },
  ],
  [
    'delegated, and cast after it was taken back',
    /did not hold/,
    async (press) => {
      await press.room.deps.approvals.endDelegation(await press.delegate('omar', 'lisa'));
      return press.put({ approver: 'lisa', onBehalfOf: 'omar' });
    },
  ],
  [
    'by a key that was revoked after it was signed',
    /was revoked/,
    async (press) => {
      const { by, revoke } = await press.registeredKey('2020-01-01T00:00:00Z');
      const vote = await press.put({ approver: 'lisa', by });
      await revoke();
      return vote;
    },
  ],
  [
    'by a key that does not count yet',
    /counts from/,
    async (press) => press.put({ approver: 'lisa', ...(await press.registeredKey(fromNow(hourMs))) }),
  ],
  ['of a machine', /only people vote/, (press) => press.put({ approver: 'robot' })],
  ['of a disabled account', /gone is disabled/, (press) => press.put({ approver: 'gone' })],
  ['of an administrator alone', /ada is an administrator/, (press) => press.put({ approver: 'ada' })],
  ['of no member', /eve is not a member/, (press) => press.put({ approver: 'eve' })],
  ['of nobody', /no account nobody/, (press) => press.put({ approver: 'nobody' })],
  [
    'malformed: of another type',
    /not a vote of version 1/,
    (press) => press.put({ approver: 'lisa', said: { type: 'https://ratchet.dev/vote/v2' } }),
  ],
  [
    'malformed: without a decision',
    /valid decision/,
    (press) => press.put({ approver: 'lisa', said: { decision: 'maybe' } }),
  ],
  [
    'malformed: with more in it',
    /says weight/,
    (press) => press.put({ approver: 'lisa', said: { weight: 2 } }),
  ],
  [
    'malformed: signed as something else',
    /holds a application\/vnd.in-toto/,
    (press) =>
      press.put({
        approver: 'lisa',
        envelope: (signed) => ({ ...signed, payloadType: payloadTypes.statement }),
      }),
  ],
  [
    'malformed: without a signature',
    /has no signature/,
    (press) => press.put({ approver: 'lisa', envelope: (signed) => ({ ...signed, signatures: [] }) }),
  ],
  [
    'malformed: no base64',
    /not base64/,
    (press) => press.put({ approver: 'lisa', envelope: (signed) => ({ ...signed, payload: '%%' }) }),
  ],
  ['malformed: a text', /not an envelope/, (press) => press.put({ approver: 'lisa', envelope: () => 'yes' })],
];
