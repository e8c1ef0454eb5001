import { createHash } from 'node:crypto';
import type { PromotionDeps } from '../../../activities/approvals/deps.js';
import type { CommitPeople } from '../../../domain/approvals/author-set.js';
import type { ChangedFile } from '../../../domain/approvals/code-changes.js';
import { type PolicyConfig, policySchema } from '../../../domain/config/policy.js';
import type { ModelStage, StageMove } from '../../../domain/ports/champions.js';
import type { ModelVersionRecord } from '../../../domain/ports/models.js';
import type { Notice } from '../../../domain/ports/outbox.js';
import { payloadTypes, type SigningKey } from '../../../domain/signing/envelope.js';
import type { SubjectDigests, VoteStatement } from '../../../domain/signing/vote-statement.js';
import type { Verdict } from '../../../domain/verdict.js';
import { generateKeyPair } from '../../../trust/keys.js';
import { createLocalSigner } from '../../../trust/local-signer.js';
import { createVerifier } from '../../../trust/verifier.js';
import { createMemoryBlobStore } from '../../fakes/memory-blob-store.js';
import { MemoryApprovals } from './memory-approvals.js';

const pair = generateKeyPair();
export const signer = createLocalSigner(pair.privateKey);

const peoplePolicy = policySchema.parse({
  version: 1,
  people: { stages: [{ name: 'review', role: 'reviewer', remindAfter: '2 days' }] },
});

/** A project with one model, whose versions 1 to 9 are candidates, and people who may look at them. */
export class PromotionRoom {
  readonly approvals = new MemoryApprovals();
  readonly blobs = createMemoryBlobStore();
  readonly told: Notice[] = [];
  readonly audited: { readonly action: string; readonly details: object }[] = [];
  readonly promoted: unknown[] = [];
  readonly stages = new Map<number, ModelStage>();
  readonly keys: SigningKey[] = [
    { ...pair, notBefore: '2026-01-01T00:00:00Z', notAfter: null, revokedAt: null },
  ];
  policy: PolicyConfig = peoplePolicy;
  policyDigest = 'p';
  verdict: Verdict | null = 'pass';
  /** Digests that the newest verdict was about. */
  judged: SubjectDigests = { model: 'm', dataset: 'd', evaluation: 'e', purpose: 'u', policy: 'p' };
  champion: number | null = null;
  /** Approvals that let a version in. */
  readonly used = new Set<string>();
  startedBy: { kind: 'manual' | 'schedule'; by?: string } = { kind: 'manual', by: 'ada' };
  commits: readonly CommitPeople[] = [commitBy('ada')];
  /** What Git says of two commits. */
  changedFiles: () => readonly ChangedFile[] = () => [{ path: 'train.py', added: 3, removed: 1 }];
  readonly accounts = ['ada', 'bob', 'cy', 'root'].map((name) => ({
    name,
    kind: 'person' as const,
    email: null,
    admin: name === 'root',
    disabledAt: null,
    createdAt: '2026-01-01T00:00:00Z',
  }));
  readonly members = ['ada', 'bob', 'cy'].map((account) => ({
    project: 'tiny',
    account,
    roles: ['reviewer' as const],
    emails: [`${account}@example.org`],
    commit: 'c',
  }));
  model = { uri: 's3://b/m', sha256: 'm', bytes: 1 };

  get deps(): PromotionDeps {
    const parts = {
      accounts: { list: async () => this.accounts, members: async () => this.members },
      approvals: this.approvals.store,
      audit: { append: async (event: { action: string; details: object }) => void this.audited.push(event) },
      blobs: this.blobs,
      champions: {
        stage: async (_: string, __: string, version: number) => this.stages.get(version) ?? 'candidate',
        champion: async () => (this.champion === null ? undefined : this.version(this.champion)),
        history: async () => [...this.used].map((approval) => ({ approval })),
        promote: async (promotion: Pick<StageMove, 'project' | 'model' | 'version' | 'actor'>) => {
          this.promoted.push(promotion);
          return { ...promotion, at: '2026-03-01T00:00:00Z' };
        },
      },
      changeDigests: async () => ({ policy: 'p' }),
      endpoints: { list: async () => [] },
      git: { history: async () => this.commits, changedFiles: async () => this.changedFiles() },
      mergedPolicy: async () => ({ digest: this.policyDigest, people: this.policy.people ?? null }),
      tell: async (notice: Notice) => void this.told.push(notice),
      policies: { verdict: async () => this.#verdict(), listInForce: async () => [] },
      projects: { get: async () => ({ repo: 'https://user:secret@git.example.org/tiny' }) },
      registry: {
        get: async (_: string, __: string, version: string) => this.version(Number(version)),
        list: async () => [1, 2, 3].map((version) => this.version(version)),
        evaluation: async () => ({
          id: 'e1',
          datasetDigest: 'd',
          report: { sha256: 'r' },
          metrics: { rocAuc: 0.75 },
        }),
      },
      runs: { get: async () => ({ causes: [{ ...this.startedBy, at: '2026-03-01T00:00:00Z' }] }) },
      signer,
      signingKeys: { list: async () => this.keys },
      verifier: createVerifier(),
    };
    return parts as unknown as PromotionDeps;
  }

  version(version: number): ModelVersionRecord {
    return {
      project: 'tiny',
      model: 'points',
      version,
      runId: `run-${version}`,
      algorithm: 'a',
      commit: String(version).repeat(40),
      configurationDigest: 'c',
      environmentDigest: 'v',
      isolationTier: 'uid',
      dataset: { name: 'points', version: 1 },
      features: [],
      evaluationId: 'e1',
      file: this.model,
      interface: { inputs: [], outputs: [] },
      card: this.model,
      alias: null,
      metrics: {},
      createdAt: '2026-03-01T00:00:00Z',
    };
  }

  /** Signs and stores a vote, as the gateway does. */
  async vote(
    approver: string,
    said: Partial<VoteStatement> = {},
    id = `vote-of-${approver}`,
  ): Promise<string> {
    const [approval] = [...this.approvals.rows.values()];
    if (approval === undefined) throw new Error('there is no approval to vote on');
    const castAt = new Date().toISOString();
    const statement: VoteStatement = {
      type: 'https://ratchet.dev/vote/v1',
      approval: approval.id,
      round: approval.round,
      approver,
      onBehalfOf: null,
      decision: 'approve',
      reason: '',
      method: 'issued',
      digests: approval.digests,
      issuedAt: castAt,
      expiresAt: new Date(Date.now() + 60_000).toISOString(),
      nonce: id,
      ...said,
    };
    this.approvals.votes.set(id, {
      id,
      approval: approval.id,
      approver,
      onBehalfOf: statement.onBehalfOf,
      decision: statement.decision,
      reason: '',
      envelope: await signer.sign(payloadTypes.vote, statement),
      status: 'pending',
      refusal: null,
      stage: null,
      channel: null,
      castAt,
    });
    return id;
  }

  #verdict() {
    if (this.verdict === null) return undefined;
    const rules =
      this.verdict === 'pass'
        ? []
        : [{ name: 'floor', severity: 'block', verdict: this.verdict, text: 'rocAuc is 0.6, least 0.7' }];
    return {
      id: 'v1',
      verdict: this.verdict,
      digests: this.judged,
      policyDigest: this.judged.policy,
      factsDigest: 'f',
      rules,
    };
  }
}

export function commitBy(author: string): CommitPeople {
  const person = { name: author, email: `${author}@example.org` };
  return {
    id: createHash('sha1').update(author).digest('hex'),
    author: person,
    committer: person,
    coAuthors: [],
  };
}
