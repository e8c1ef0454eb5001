import type { ApprovalRecord, VoteRecord } from '../ports/approvals.js';
import type { EvaluationRecord, ModelVersionRecord } from '../ports/models.js';
import type { PolicyVerdictRecord } from '../ports/policies.js';
import type { Envelope } from './envelope.js';

/** A thing with its digests, as in-toto names it. */
export interface ResourceDescriptor {
  readonly name: string;
  readonly uri?: string;
  readonly digest: Readonly<Record<string, string>>;
}

/** in-toto Statement v1 about one model version: made of what, judged how, let in by whom. */
export interface ModelStatement {
  readonly _type: 'https://in-toto.io/Statement/v1';
  readonly subject: readonly ResourceDescriptor[];
  readonly predicateType: 'https://ratchet.dev/attestation/model-version/v1';
  readonly predicate: {
    readonly project: string;
    readonly model: string;
    readonly version: number;
    readonly run: string;
    readonly isolationTier: string;
    readonly materials: readonly ResourceDescriptor[];
    readonly evaluation: {
      readonly id: string;
      readonly report: ResourceDescriptor;
      readonly metrics: Readonly<Record<string, number>>;
    };
    readonly policy: {
      readonly verdict: string;
      readonly id: string;
      readonly digest: string;
      readonly facts: string;
      readonly rules: readonly { readonly name: string; readonly verdict: string; readonly text: string }[];
    };
    /** Null where the policy asks nobody. */
    readonly approval: {
      readonly id: string;
      readonly openedAt: string;
      readonly authors: readonly string[];
      readonly machineStarted: boolean;
      /** The counted votes, as they were signed. */
      readonly votes: readonly Envelope[];
    } | null;
  };
}

export interface StatementFacts {
  readonly repo: string;
  readonly version: ModelVersionRecord;
  readonly evaluation: EvaluationRecord;
  readonly verdict: PolicyVerdictRecord;
  readonly approval: ApprovalRecord | null;
  /** Of the approval. */
  readonly votes: readonly VoteRecord[];
}

/** What is signed about a version when it is to become champion. The same facts give the same statement. */
export function modelStatement(facts: StatementFacts): ModelStatement {
  const { version, evaluation, verdict } = facts;
  const { project, model } = version;
  return {
    _type: 'https://in-toto.io/Statement/v1',
    subject: [{ name: `${project}/${model}@${version.version}`, digest: { sha256: version.file.sha256 } }],
    predicateType: 'https://ratchet.dev/attestation/model-version/v1',
    predicate: {
      project,
      model,
      version: version.version,
      run: version.runId,
      isolationTier: version.isolationTier,
      materials: materialsOf(facts),
      evaluation: {
        id: evaluation.id,
        report: { name: 'report', digest: { sha256: evaluation.report.sha256 } },
        metrics: evaluation.metrics,
      },
      policy: {
        verdict: verdict.verdict,
        id: verdict.id,
        digest: verdict.policyDigest,
        facts: verdict.factsDigest,
        rules: verdict.rules.map(({ name, verdict: said, text }) => ({ name, verdict: said, text })),
      },
      approval: approvalOf(facts),
    },
  };
}

function materialsOf({ repo, version, evaluation }: StatementFacts): readonly ResourceDescriptor[] {
  return [
    { name: 'code', uri: `git+${withoutCredentials(repo)}`, digest: { gitCommit: version.commit } },
    {
      name: `dataset ${version.dataset.name}@${version.dataset.version}`,
      digest: { sha256: evaluation.datasetDigest },
    },
    { name: 'configuration', digest: { sha256: version.configurationDigest } },
    { name: 'environment', digest: { sha256: version.environmentDigest } },
  ];
}

function approvalOf({ approval, votes }: StatementFacts): ModelStatement['predicate']['approval'] {
  if (approval === null) return null;
  return {
    id: approval.id,
    openedAt: approval.openedAt,
    authors: approval.authorSet.authors.map(({ account }) => account),
    machineStarted: approval.authorSet.machineStarted,
    votes: votes.filter(({ status }) => status === 'counted').map(({ envelope }) => envelope),
  };
}

const withoutCredentials = (repo: string) => repo.replace(/:\/\/[^@/]*@/, '://');
