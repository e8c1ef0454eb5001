import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { PolicyFacts } from '../../domain/policy/facts/policy-facts.js';
import type { MergedPolicy, PolicyProgram } from '../../domain/policy/merge-policies.js';
import type { RuleResult } from '../../domain/policy/policy-verdict.js';
import { programLogStep } from '../../domain/policy/program-log.js';
import { mostVerdictBytes, programError, programResult } from '../../domain/policy/program-verdict.js';
import type { Environment } from '../../domain/ports/environments.js';
import type { LaunchSpec } from '../../domain/ports/launcher.js';
import type { PolicyRecord } from '../../domain/ports/policies.js';
import { withOutput } from '../adapters/launcher/outputs.js';
import { currentStep, reportProgress } from '../steps/current-step.js';
import { environmentSpec } from '../training/environment-spec.js';
import { keepLog } from '../training/keep-log.js';
import { linkEnvironment } from '../training/link-environment.js';
import type { PolicyDeps } from './deps.js';
import type { PolicyJob } from './policy-job.js';
import { fillProgramInput } from './program-input.js';

interface Around {
  readonly organisation: PolicyRecord | undefined;
  readonly model: PolicyRecord | undefined;
  readonly policy: MergedPolicy;
  readonly facts: PolicyFacts;
}

/** Where a program's code lies: at the commit whose policy is in force, which is not the one that is judged. */
interface Code {
  readonly repo: string;
  readonly commit: string;
}

/** Runs the programs of a policy one after the other. A program that breaks is a result, and no failure of the step. */
export async function runPrograms(
  deps: PolicyDeps,
  job: PolicyJob,
  around: Around,
  signal: AbortSignal,
): Promise<readonly RuleResult[]> {
  const results: RuleResult[] = [];
  for (const program of around.policy.programs) {
    reportProgress(`running ${program.name}`);
    results.push(await runProgram(deps, job, { ...around, program }, signal));
  }
  return results;
}

type At = Around & { readonly program: PolicyProgram };

/** Faults of the program or of its policy. Everything else is tried again by whoever runs the step. */
const itsOwnFault: readonly string[] = [
  'CONFIG_MISSING',
  'ENVIRONMENT_FAILED',
  'GIT_NOT_FOUND',
  'GIT_REFUSED',
  'ISOLATION_WEAK',
  'OUTPUT_INVALID',
  'PROGRAM_MISSING',
];

async function runProgram(
  deps: PolicyDeps,
  job: PolicyJob,
  at: At,
  signal: AbortSignal,
): Promise<RuleResult> {
  const code = await codeOf(deps, job, at);
  if (code === undefined)
    return programError(at.program, "it cannot be run: no project is the organisation's");
  // Apart from what the facts were gathered in, where test rows lie; open to the program's user.
  const folder = await mkdtemp(join(deps.workDir, 'policy-program-'));
  try {
    await chmod(folder, 0o755);
    return await launched(deps, job, { ...at, folder, code }, signal);
  } catch (error) {
    if (error instanceof RatchetError && itsOwnFault.includes(error.code))
      return programError(at.program, `${error.code}: ${error.message}`);
    throw error;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function codeOf(
  deps: PolicyDeps,
  { input }: PolicyJob,
  { program, organisation, model }: At,
): Promise<Code | undefined> {
  if (program.origin === 'organisation') {
    const project = await deps.projects.organisation();
    return project && organisation && { repo: project.repo, commit: organisation.commit };
  }
  const { repo } = await deps.projects.get(input.project);
  return { repo, commit: model?.commit ?? input.plan.commit };
}

async function launched(
  deps: PolicyDeps,
  job: PolicyJob,
  at: At & { readonly code: Code; readonly folder: string },
  signal: AbortSignal,
): Promise<RuleResult> {
  const place = {
    code: join(at.folder, 'code'),
    input: join(at.folder, 'input'),
    output: join(at.folder, 'output'),
  };
  await Promise.all([place.code, place.input, place.output].map((path) => mkdir(path, { recursive: true })));
  await deps.git.checkOut(at.code.repo, at.code.commit, at.program.path, place.code);
  await fillProgramInput(deps, job, at.program, { folder: place.input, signal });
  await writeFile(join(place.input, 'facts.json'), `${JSON.stringify(at.facts, null, 2)}\n`);
  const environment = await environmentOf(deps, job, at.program, signal);
  if (environment) await linkEnvironment(environment, place.code);
  const log = { step: programLogStep(at.program.origin, at.program.name), path: join(at.folder, 'log.txt') };
  const spec = { ...launchSpec(job, at.program, place, environment), logFile: log.path };
  const how = await deps.launcher.launch(spec, signal);
  signal.throwIfAborted();
  await keepLog(deps, job.input.runId, log, signal);
  return programResult(at.program, how, await verdictText(place.output));
}

async function environmentOf(
  deps: PolicyDeps,
  { input, configuration }: PolicyJob,
  { environment }: PolicyProgram,
  signal: AbortSignal,
): Promise<Environment | undefined> {
  if (environment === 'none') return undefined;
  const spec = await environmentSpec(deps.git, input.plan, configuration.training);
  return deps.environments.prepare(spec, { signal });
}

const mebibyte = 1024 * 1024;

function launchSpec(
  { input }: PolicyJob,
  program: PolicyProgram,
  place: Readonly<Record<'code' | 'input' | 'output', string>>,
  environment: Environment | undefined,
): LaunchSpec {
  return {
    key: `policy/${input.runId}/${program.origin}/${program.name}`,
    fence: currentStep().fence,
    command: program.command,
    cwd: place.code,
    env: {
      ...environment?.env,
      LANG: 'C.UTF-8',
      RATCHET_INPUT: place.input,
      RATCHET_OUTPUT: place.output,
    },
    readOnly: [place.input, ...(environment?.readOnly ?? [])],
    writable: [place.code, place.output],
    network: 'none',
    limits: {
      wallMs: program.minutes * 60_000,
      memoryBytes: program.memoryMiB * mebibyte,
      diskBytes: 1024 * mebibyte,
      processes: 128,
      outputBytes: mebibyte,
    },
  };
}

/** Read as every file that foreign code wrote: no links, and no more than is allowed. */
async function verdictText(folder: string): Promise<string | undefined> {
  try {
    return await withOutput(folder, 'verdict.json', (path) => readFile(path, 'utf8'), mostVerdictBytes);
  } catch (error) {
    if (error instanceof RatchetError && error.code === 'OUTPUT_MISSING') return undefined;
    throw error;
  }
}
