import { createHash, randomUUID } from 'node:crypto';
import type { PromotionGate } from '../../db/promotion-facts.js';
import type { Role } from '../../domain/access/roles.js';
import { type ApprovalRequest, approvalId } from '../../domain/approvals/approval.js';
import type { CommitPeople, VersionHands } from '../../domain/approvals/author-set.js';
import { canonicalText } from '../../domain/canonical-text.js';
import { type PolicyConfig, policySchema } from '../../domain/config/policy.js';
import type { AccountStore } from '../../domain/ports/accounts.js';
import type { ApprovalRecord, ApprovalStore, VoteRecord } from '../../domain/ports/approvals.js';
import type { AuditLog } from '../../domain/ports/audit.js';
import type { ChampionStore } from '../../domain/ports/champions.js';
import type { PolicyStore, PolicyVerdictRecord } from '../../domain/ports/policies.js';
import { type Envelope, payloadTypes, type SigningKey } from '../../domain/signing/envelope.js';
import type { SubjectDigests, VoteStatement } from '../../domain/signing/vote-statement.js';
import { generateKeyPair, type KeyPair } from '../../trust/keys.js';
import { createLocalSigner } from '../../trust/local-signer.js';
import { createVerifier } from '../../trust/verifier.js';
import { stageNamed } from './approval-store.js';
import { blobOf, digestOf } from './dataset-manifest.js';
import { type ModelRegistrySubject, prepareDataset, prepareVersion } from './model-registry-subject.js';
import { newRun } from './run-store-subject.js';

/** Stores of one place, behind one gate. */
export interface ChampionSubject extends ModelRegistrySubject {
  readonly accounts: AccountStore;
  readonly approvals: ApprovalStore;
  readonly audit: AuditLog;
  readonly champions: ChampionStore;
  readonly policies: PolicyStore;
  readonly putSigningKey: (key: SigningKey) => Promise<void>;
}

/** Policies in force as one, in the plainest way: their digests together, and the stages of all. */
export const plainGate: PromotionGate = {
  verifier: createVerifier(),
  policyInForce(policies) {
    if (policies.length === 0) return undefined;
    const stages = policies.flatMap(({ policy }) => policy.people?.stages ?? []);
    const asked = stages.map(({ name, role, quorum, veto }) => stageNamed(name, { role, quorum, veto }));
    const digest = sha256(canonicalText(policies.map((policy) => policy.digest)));
    return { digest, stages: asked.length === 0 ? null : asked };
  },
};

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const fromNow = (ms: number) => new Date(Date.now() + ms).toISOString();
const hourMs = 3_600_000;

/** A policy that asks two reviewers, or one, or, as `alone`, nobody. */
export function policyOf(people: 'two' | 'one' | 'alone', description = ''): PolicyConfig {
  const stages = [{ name: 'review', role: 'reviewer', quorum: people === 'one' ? 1 : 2 }];
  return policySchema.parse({ version: 1, description, ...(people !== 'alone' && { people: { stages } }) });
}

/** A commit by people whose address is their name at example.org. */
export function commitBy(author: string, ...coAuthors: readonly string[]): CommitPeople {
  const person = (name: string) => ({ name, email: `${name}@example.org` });
  const id = createHash('sha1')
    .update([author, ...coAuthors].join())
    .digest('hex');
  return { id, author: person(author), committer: person(author), coAuthors: coAuthors.map(person) };
}

/** Everything that leads to a champion, each step as it is done rightly, to be changed by a test. */
export type PromotionWorld = Awaited<ReturnType<typeof makePromotionWorld>>;

export async function makePromotionWorld(subject: ChampionSubject, policy = policyOf('two')) {
  const { project, accounts, approvals, champions, policies, registry, runs } = subject;
  const name = (short: string) => `${short}-of-${project}`;
  const key = generateKeyPair();
  const putKey = ({ id, publicKey }: KeyPair, change: Partial<SigningKey> = {}) => {
    const times = { notBefore: fromNow(-hourMs), notAfter: null, revokedAt: null };
    return subject.putSigningKey({ id, publicKey, ...times, ...change });
  };
  await putKey(key);
  for (const short of ['ann', 'bob', 'cy', 'dee', 'eve']) {
    await accounts.create({ name: name(short), kind: 'person', email: null, admin: false });
  }
  const putMembers = (roles: Readonly<Record<string, readonly Role[]>>) =>
    accounts.putMembers(
      project,
      'a'.repeat(40),
      Object.entries(roles).map(([short, held]) => {
        return { account: name(short), roles: held, emails: [`${short}@example.org`] };
      }),
    );
  const reviewers = { bob: ['reviewer'], cy: ['reviewer'], dee: ['reviewer'] } as const;
  await putMembers({ ann: ['data-scientist', 'reviewer'], ...reviewers });
  await prepareDataset(subject);
  const putPolicy = (wanted: PolicyConfig | null) =>
    policies.putInForce({ project, model: 'delay', commit: 'c'.repeat(40) }, wanted);
  await putPolicy(policy);

  const digestsNow = async (): Promise<SubjectDigests> => {
    const inForce = plainGate.policyInForce(await policies.listInForce(project));
    const parts = { model: digestOf('e'), dataset: digestOf('d'), evaluation: digestOf('6') };
    return { ...parts, purpose: digestOf('9'), policy: inForce?.digest ?? digestOf('0') };
  };
  const judge = async (version: number, change: Partial<PolicyVerdictRecord> = {}) => {
    const digests = await digestsNow();
    const about = { project, model: 'delay', version, digests, policyDigest: digests.policy };
    const said = { verdict: 'pass', rules: [], factsDigest: digestOf('7'), facts: blobOf('7') } as const;
    return policies.putVerdict({ id: randomUUID(), ...about, ...said, ...change });
  };
  const register = async (id: string) => {
    const causes = [{ kind: 'manual', by: name('ann'), at: fromNow(0) }] as const;
    await runs.create({ ...newRun(project, id), causes });
    return (await registry.register(await prepareVersion(subject, id))).version;
  };
  /** Somebody opens the run of a version again, which has failed. */
  const resume = async (id: string, short: string) => {
    const { id: runId, ref } = newRun(project, id);
    await runs.setStatus(runId, 'failed', null);
    await runs.reopen(runId, ref, { by: name(short), at: fromNow(0) });
  };
  const at = (version: number) => {
    return { project, model: 'delay', version, reason: 'as it is', actor: name('eve') };
  };
  const candidate = async (id: string) => {
    const version = await register(id);
    await judge(version);
    await champions.judge({ ...at(version), to: 'candidate' });
    return version;
  };
  const request = async (
    version: number,
    change: Partial<ApprovalRequest> = {},
  ): Promise<ApprovalRequest> => ({
    project,
    kind: 'promotion',
    subject: `delay@${version}`,
    round: 1,
    digests: await digestsNow(),
    stages: [stageNamed('review', { quorum: 2 })],
    authorSet: {
      authors: [{ account: name('ann'), why: ['started the run'] }],
      strangers: [],
      machineStarted: false,
    },
    requestedBy: 'run/1',
    ...change,
  });
  /** What somebody says, as it is signed. */
  const sign = async (
    approval: ApprovalRecord,
    short: string,
    change: Partial<VoteStatement> & { readonly by?: KeyPair } = {},
  ) => {
    const { by = key, ...said } = change;
    const statement: VoteStatement = {
      type: 'https://ratchet.dev/vote/v1',
      approval: approvalId(approval),
      round: approval.round,
      approver: name(short),
      onBehalfOf: null,
      decision: 'approve',
      reason: 'looked at it',
      method: 'issued',
      digests: approval.digests,
      issuedAt: fromNow(0),
      expiresAt: fromNow(hourMs),
      nonce: randomUUID(),
      ...said,
    };
    return { statement, envelope: await createLocalSigner(by.privateKey).sign(payloadTypes.vote, statement) };
  };
  const cast = async (
    approval: ApprovalRecord,
    short: string,
    { envelope, ...change }: Parameters<typeof sign>[2] & { readonly envelope?: Envelope } = {},
  ): Promise<VoteRecord> => {
    const signed = await sign(approval, short, change);
    const { onBehalfOf, decision, reason } = signed.statement;
    const vote = { id: randomUUID(), approval: approval.id, approver: name(short) };
    return approvals.putVote({
      ...vote,
      onBehalfOf,
      decision,
      reason,
      envelope: envelope ?? signed.envelope,
    });
  };
  const count = ({ id }: VoteRecord, status: 'counted' | 'refused' = 'counted') => {
    const refusal = status === 'counted' ? null : 'set aside';
    return approvals.settleVote(id, { status, refusal, stage: 0, channel: 'update' });
  };
  /** Two reviewers say yes. */
  const approve = async (version: number, change: Partial<ApprovalRequest> = {}) => {
    const opened = await approvals.open(await request(version, change));
    for (const short of ['bob', 'cy']) await count(await cast(opened, short));
    return (await approvals.end(opened.id, 'approved', 'two said yes')).id;
  };
  const attest = (digest = digestOf('e'), by = key) =>
    createLocalSigner(by.privateKey).sign(payloadTypes.statement, {
      _type: 'https://in-toto.io/Statement/v1',
      subject: [{ name: 'model.onnx', digest: { sha256: digest } }],
      nonce: randomUUID(),
    });
  /** What the repository says at this moment: nobody but who is written down had a hand in it. */
  const handsNow = async (change: Partial<VersionHands> = {}): Promise<VersionHands> => {
    const since = (await champions.champion(project, 'delay'))?.commit ?? null;
    return { since, commits: [], configEdits: [], gaps: [], ...change };
  };
  const promote = async (
    version: number,
    approval: string | null,
    change: { readonly attestation?: Envelope; readonly hands?: VersionHands | null } = {},
  ) => {
    const { reason: _, ...named } = at(version);
    const { attestation = await attest(), hands = await handsNow() } = change;
    return champions.promote({ ...named, approval, attestation, hands });
  };
  const ways = {
    handsNow,
    sign,
    judge,
    register,
    resume,
    candidate,
    request,
    cast,
    count,
    approve,
    attest,
    promote,
  };
  return { ...subject, key, putKey, name, putMembers, putPolicy, digestsNow, at, ...ways };
}
