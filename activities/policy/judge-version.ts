import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { JudgedVersion, JudgeVersionInput } from '../../domain/lifecycle/train-model.js';
import type { EvaluationReport } from '../../domain/lineage/evaluation-report.js';
import type { PolicyFacts } from '../../domain/policy/facts/policy-facts.js';
import { overallVerdict } from '../../domain/policy/judge-policy.js';
import { type MergedPolicy, mergePolicies } from '../../domain/policy/merge-policies.js';
import { noPolicyResult } from '../../domain/policy/no-policy-result.js';
import { policyRefusals } from '../../domain/policy/policy-refusals.js';
import type { RuleResult } from '../../domain/policy/policy-verdict.js';
import type { PolicyRecord, PolicyVerdictRecord } from '../../domain/ports/policies.js';
import type { Refusal } from '../../domain/ports/runs.js';
import { digestOf } from '../data/digest.js';
import { readManifest } from '../data/read-manifest.js';
import { reportProgress } from '../steps/current-step.js';
import { readConfiguration } from '../training/read-configuration.js';
import type { PolicyDeps } from './deps.js';
import { gatherFacts } from './gather-facts.js';
import { judgeInThread } from './judge-in-thread.js';
import type { PolicyJob } from './policy-job.js';
import { runPrograms } from './run-programs.js';

/** The policies that hold for a version, and what they come to together. */
interface InForce {
  readonly organisation: PolicyRecord | undefined;
  readonly model: PolicyRecord | undefined;
  readonly policy: MergedPolicy;
}

export async function judgeVersion(
  deps: PolicyDeps,
  input: JudgeVersionInput,
  signal: AbortSignal,
): Promise<JudgedVersion> {
  reportProgress('gathering what the policy asks about');
  const [job, inForce] = await Promise.all([readJob(deps, input), readPolicies(deps, input)]);
  await mkdir(deps.workDir, { recursive: true });
  const folder = await mkdtemp(join(deps.workDir, 'policy-'));
  try {
    const facts = await gatherFacts(deps, job, inForce.policy, { folder, signal });
    const stored = await deps.blobs.putJson(facts);
    reportProgress('asking the policy');
    const isPromotable = inForce.policy.origins.length > 0;
    const results = isPromotable ? await ask(deps, job, { ...inForce, facts }, signal) : [noPolicyResult];
    const verdict = await keepVerdict(deps, job, { policy: inForce.policy, stored, results });
    return await conclude(deps, input, { verdict, isPromotable });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function ask(
  deps: PolicyDeps,
  job: PolicyJob,
  asked: InForce & { readonly facts: PolicyFacts },
  signal: AbortSignal,
): Promise<readonly RuleResult[]> {
  const { policy, facts } = asked;
  const judged = await judgeInThread({ policy, facts, model: job.configuration }, signal);
  return [...judged, ...(await runPrograms(deps, job, asked, signal))];
}

async function readJob(deps: PolicyDeps, input: JudgeVersionInput): Promise<PolicyJob> {
  const evaluation = await deps.registry.evaluation(input.judged.evaluationId);
  const [record, configuration, report, manifest] = await Promise.all([
    deps.registry.get(input.project, input.model, String(input.version)),
    readConfiguration(deps.blobs, input.plan),
    deps.blobs.getJson(evaluation.report) as Promise<EvaluationReport>,
    readManifest(deps, input),
  ]);
  return { input, record, configuration, report, reportDigest: evaluation.report.sha256, manifest };
}

async function readPolicies(deps: PolicyDeps, input: JudgeVersionInput): Promise<InForce> {
  const [organisation, model] = await Promise.all([
    deps.policies.inForce(null, null),
    deps.policies.inForce(input.project, input.model),
  ]);
  return { organisation, model, policy: mergePolicies(organisation?.policy, model?.policy) };
}

/** One verdict for one version, one policy and one set of facts, however often it is asked for. */
async function keepVerdict(
  deps: PolicyDeps,
  job: PolicyJob,
  found: {
    readonly policy: MergedPolicy;
    readonly stored: PolicyVerdictRecord['facts'];
    readonly results: readonly RuleResult[];
  },
): Promise<PolicyVerdictRecord> {
  const { project, model, version, plan } = job.input;
  const policyDigest = digestOf(found.policy);
  const factsDigest = found.stored.sha256;
  const parts = [project, model, version, policyDigest, factsDigest, digestOf(found.results)];
  return deps.policies.putVerdict({
    id: createHash('sha256').update(parts.join('\n')).digest('hex'),
    project,
    model,
    version,
    policyDigest,
    factsDigest,
    digests: {
      model: job.record.file.sha256,
      dataset: job.manifest.digest,
      evaluation: job.reportDigest,
      purpose: plan.inputs.purpose,
      policy: policyDigest,
    },
    facts: found.stored,
    verdict: overallVerdict(found.results),
    rules: found.results,
  });
}

async function conclude(
  deps: PolicyDeps,
  input: JudgeVersionInput,
  {
    verdict: record,
    isPromotable,
  }: { readonly verdict: PolicyVerdictRecord; readonly isPromotable: boolean },
): Promise<JudgedVersion> {
  const { project, model, version, runId } = input;
  const refusals = policyRefusals(record);
  const passed = record.verdict === 'pass';
  const reason = isPromotable ? reasonOf(record, refusals) : 'no policy is in force';
  await deps.champions.judge({
    project,
    model,
    version,
    to: passed ? 'candidate' : 'refused',
    reason,
    actor: 'system/policy',
  });
  if (!passed) {
    const told = refusals
      .slice(0, 3)
      .map(({ rule, actual, limit }) => `${rule}: ${actual}, allowed is ${limit}`);
    const more = refusals.length > told.length ? ` (and ${refusals.length - told.length} more)` : '';
    const text = `version ${version} is registered and refused: ${told.join('; ')}${more}`;
    throw new RatchetError('POLICY_REFUSED', text, { refusals, version, verdict: record.verdict });
  }
  await Promise.all([
    deps.runs.setStatus(runId, 'succeeded', `registered as version ${version}, ${reason}`),
    deps.blobs.deleteStaged(`runs/${runId}/`),
  ]);
  return { verdictId: record.id, policyDigest: record.policyDigest, version, isPromotable };
}

function reasonOf(record: PolicyVerdictRecord, refusals: readonly Refusal[]): string {
  const policy = `policy ${record.policyDigest.slice(0, 12)}`;
  if (record.verdict === 'pass') return `${policy} passed`;
  return `${policy} says ${record.verdict}: ${refusals.map(({ rule }) => rule).join(', ')}`;
}
