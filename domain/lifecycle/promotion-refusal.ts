import type { ApprovalStage } from '../approvals/approval.js';
import { authorSet, startsOf, type VersionHands } from '../approvals/author-set.js';
import { notVotedFor } from '../approvals/not-voted-for.js';
import { canonicalText } from '../canonical-text.js';
import type { AccountRecord, MemberRecord } from '../ports/accounts.js';
import type { ApprovalRecord, DelegationRecord, VoteRecord } from '../ports/approvals.js';
import type { ModelStage } from '../ports/champions.js';
import type { PolicyVerdictRecord } from '../ports/policies.js';
import type { Cause } from '../ports/runs.js';
import type { Verifier } from '../ports/signing.js';
import { type Envelope, payloadTypes, type SigningKey } from '../signing/envelope.js';
import { mayMove } from './model-stages.js';

/** What the policies in force ask of one model, merged. */
export interface PolicyInForce {
  /** SHA-256 of the canonical JSON of the merged policy. */
  readonly digest: string;
  /** Who must approve, in which order; null where programs decide alone. */
  readonly stages: readonly ApprovalStage[] | null;
}

/** Everything that a promotion stands on, as it is stored at this moment. Nobody's word for any of it. */
export interface PromotionFacts {
  readonly project: string;
  readonly model: string;
  readonly version: number;
  readonly stage: ModelStage;
  /** SHA-256 of the model file, of the dataset version, of the evaluation's report. */
  readonly digests: { readonly model: string; readonly dataset: string; readonly evaluation: string };
  /** Why the run of the version was started. */
  readonly causes: readonly Cause[];
  /** Who has a hand in it by its repository, read just before; null where nobody is asked. */
  readonly hands: VersionHands | null;
  readonly policy: PolicyInForce | undefined;
  /** The newest of the version. */
  readonly verdict: PolicyVerdictRecord | undefined;
  /** The one that is named; undefined where none is. */
  readonly approval: ApprovalRecord | undefined;
  /** Whether the approval has let a version in before. */
  readonly isUsed: boolean;
  readonly votes: readonly VoteRecord[];
  readonly accounts: readonly AccountRecord[];
  readonly members: readonly MemberRecord[];
  readonly delegations: readonly DelegationRecord[];
  readonly keys: readonly SigningKey[];
  readonly verifier: Verifier;
  readonly attestation: Envelope;
  /** By the database's clock. */
  readonly now: string;
}

type Rule = (facts: PromotionFacts) => string | null;

/** Why the version may not become champion; null where it may. The first rule that says something wins. */
export function promotionRefusal(facts: PromotionFacts): string | null {
  for (const rule of facts.approval === undefined ? rules : [...rules, ...approvalRules]) {
    const refusal = rule(facts);
    if (refusal !== null) return refusal;
  }
  return null;
}

const rules: readonly Rule[] = [outOfPlace, notJudged, judgedOtherBytes, withoutApproval, notAttested];
const approvalRules: readonly Rule[] = [
  notApproved,
  aboutAnother,
  ofOtherStages,
  withoutAuthors,
  withoutConsent,
];

function outOfPlace({ stage, version }: PromotionFacts): string | null {
  if (mayMove(stage, 'champion', 'promote')) return null;
  return `version ${version} is ${stage}, and only a candidate becomes champion`;
}

function notJudged({ policy, verdict }: PromotionFacts): string | null {
  if (policy === undefined) return 'no policy is in force for the model';
  if (verdict === undefined) return 'no policy has judged the version';
  if (verdict.policyDigest !== policy.digest || verdict.digests.policy !== policy.digest) {
    return `the verdict is of policy ${short(verdict.policyDigest)}, and ${short(policy.digest)} is in force`;
  }
  return verdict.verdict === 'pass' ? null : `the verdict of the policy is ${verdict.verdict}`;
}

function judgedOtherBytes({ digests, verdict }: PromotionFacts): string | null {
  const parts = ['model', 'dataset', 'evaluation'] as const;
  const other = parts.filter((part) => verdict?.digests[part] !== digests[part]);
  return other.length === 0 ? null : `the policy judged another ${other.join(', another ')}`;
}

function withoutApproval({ policy, approval }: PromotionFacts): string | null {
  if (approval !== undefined || policy?.stages === null) return null;
  return 'the policy asks for an approval, and none is named';
}

function notAttested({ attestation, verifier, keys, now, digests }: PromotionFacts): string | null {
  const found = verifier.verify(attestation, payloadTypes.statement, keys, now);
  if (found.kind === 'invalid') return `the attestation counts for nothing: ${found.reason}`;
  return isAbout(found.value, digests.model) ? null : 'the attestation is about another model file';
}

/** An in-toto statement names what it is about by digest. */
function isAbout(statement: unknown, digest: string): boolean {
  const { subject } = (statement ?? {}) as { readonly subject?: unknown };
  if (!Array.isArray(subject)) return false;
  return subject.some((one: { readonly digest?: { readonly sha256?: unknown } } | null) => {
    return one?.digest?.sha256 === digest;
  });
}

function notApproved({ approval, isUsed }: PromotionFacts): string | null {
  if (approval?.status !== 'approved') return `${approval?.id} is ${approval?.status}`;
  return isUsed ? `${approval.id} has let the version in before, and counts once` : null;
}

function aboutAnother({ approval, project, model, version, verdict }: PromotionFacts): string | null {
  const subject = `${model}@${version}`;
  if (approval?.kind !== 'promotion' || approval.project !== project || approval.subject !== subject) {
    return `${approval?.id} is not about the promotion of ${subject}`;
  }
  if (canonicalText(approval.digests) === canonicalText(verdict?.digests ?? null)) return null;
  return `${approval.id} is about other digests than the policy judged`;
}

function ofOtherStages({ approval, policy }: PromotionFacts): string | null {
  const asked = policy?.stages ?? null;
  if (asked === null || canonicalText(approval?.stages) === canonicalText(asked)) return null;
  return `${approval?.id} has other stages than the policy asks for`;
}

/** Who started the run, or resumed it, stands in its row: an author set that leaves them out was made up. */
function withoutAuthors({ approval, causes, accounts, ...facts }: PromotionFacts): string | null {
  const ofRun = authorSet({ ...nobody, starts: startsOf(causes), accounts, members: facts.members });
  const authors = approval?.authorSet.authors ?? [];
  const missing = ofRun.authors.find(({ account }) => !authors.some((one) => one.account === account));
  if (missing) return `the author set leaves out ${missing.account}, who ${missing.why.join(' and ')}`;
  if (approval?.authorSet.machineStarted || !ofRun.machineStarted) return null;
  return 'the author set says that a person started the run, and the run does not';
}

/** By the votes as they were signed, and by who made it as far as anybody can tell at this moment. */
function withoutConsent({ approval, hands, causes, ...facts }: PromotionFacts): string | null {
  if (approval === undefined) return null;
  if (hands === null) return 'nobody has looked into its repository for who made it';
  const authorsNow = authorSet({ ...facts, ...hands, starts: startsOf(causes) });
  return notVotedFor({ ...facts, approval, authorsNow });
}

const nobody = { commits: [], configEdits: [], gaps: [] } as const;
const short = (digest: string) => digest.slice(0, 12);
