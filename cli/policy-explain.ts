import type { Command } from 'commander';
import type { PolicyConfig } from '../domain/config/policy.js';
import { RatchetError } from '../domain/errors/ratchet-error.js';
import type { GivenFacts } from '../domain/policy/judge-policy.js';
import type { RuleResult } from '../domain/policy/policy-verdict.js';
import { programLogStep } from '../domain/policy/program-log.js';
import { answered, answeredText } from './answered.js';
import { type GatewayOptions, gatewayCommand } from './gateway-command.js';
import { printLog } from './log-print.js';
import { openClient } from './open-client.js';
import { printPolicyFile, printPolicyVerdict } from './policy-print.js';
import { printJson } from './print.js';
import { splitVersion } from './split-name.js';

interface ExplainOptions extends GatewayOptions {
  readonly policy?: string;
  readonly facts?: boolean;
  readonly log?: string;
}

type Client = Awaited<ReturnType<typeof openClient>>;
interface At {
  readonly project: string;
  readonly model: string;
  readonly version: string;
}

/** `ratchet policy explain`. */
export function registerPolicyExplain(policy: Command): void {
  gatewayCommand(policy, 'explain <model@version>', {
    about: 'what the policy said about a version: every rule with its number, limit and distance',
    example: 'ratchet policy explain flights/late-arrival@2 --policy models/late-arrival/policy.yaml',
  })
    .option('--policy <file>', 'what this file would say of the version instead; programs are not run')
    .option('--facts', 'the facts that the policy was asked about, as JSON, for policy-tests')
    .option('--log <program>', 'what a program of the policy wrote')
    .action(async (text: string, options: ExplainOptions) => {
      const { project, name, version } = splitVersion(text, 'model');
      const at = { project, model: name, version };
      const client = await openClient(options);
      if (options.facts) return printJson(await factsOf(client, at));
      if (options.log !== undefined) return printProgramLog(client, at, options.log, options.json === true);
      const found = await verdictOf(client, at);
      if (options.policy !== undefined) return tryFile(client, found, options.policy, options.json === true);
      if (options.json) return printJson(found);
      printPolicyVerdict(found);
    });
}

const base = '/api/v1/models/{project}/{model}/{version}' as const;
const verdictOf = (client: Client, path: At) =>
  answered(client.GET(`${base}/policy` as const, { params: { path } }));
const factsOf = (client: Client, path: At) =>
  answered(client.GET(`${base}/policy/facts` as const, { params: { path } }));

async function tryFile(
  client: Client,
  { project, model, version }: { readonly project: string; readonly model: string; readonly version: number },
  file: string,
  asJson: boolean,
): Promise<void> {
  // The CEL library takes a while to load, which other commands should not wait for.
  const { explainFile } = await import('./policy-check/explain-file.js');
  const facts = await factsOf(client, { project, model, version: String(version) });
  const params = { path: { project } };
  const { policies } = await answered(client.GET('/api/v1/projects/{project}/policies', { params }));
  const organisation = policies.find((row) => row.project === null)?.policy as PolicyConfig | undefined;
  const found = await explainFile(file, facts as GivenFacts, organisation);
  if (asJson) return printJson({ project, model, version, policy: file, ...found });
  printPolicyFile({ version: `${project}/${model}@${version}`, file }, found);
}

async function printProgramLog(client: Client, path: At, named: string, asJson: boolean): Promise<void> {
  const { rules } = await verdictOf(client, path);
  const { origin, name } = programNamed(rules, named);
  const { runId } = await answered(client.GET(base, { params: { path } }));
  const step = programLogStep(origin, name);
  const params = { path: { id: runId, step } };
  const text = await answeredText(client.GET('/api/v1/runs/{id}/logs/{step}', { params, parseAs: 'text' }));
  printLog(step, text, asJson);
}

/** `<program>`, or `organisation/<program>` where both policies have one of the name. */
function programNamed(rules: readonly RuleResult[], named: string): RuleResult {
  const programs = rules.filter(({ kind }) => kind === 'program');
  const found = programs.filter(({ name, origin }) => named === name || named === `${origin}/${name}`);
  const [only] = found;
  if (only !== undefined && found.length === 1) return only;
  const known = programs.map(({ name, origin }) => `${origin}/${name}`).join(', ') || 'none';
  const what = found.length === 0 ? 'names no program' : 'names two programs';
  throw new RatchetError('NAME_INVALID', `"${named}" ${what} of the verdict; allowed is one of ${known}`);
}
