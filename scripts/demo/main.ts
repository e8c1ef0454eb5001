import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { headlineMetrics } from '../../cli/headline-metrics.js';
import { openClient } from '../../cli/open-client.js';
import { printFacts, printLine, printTable } from '../../cli/print.js';
import { type RunningStack, startStack } from '../../stack/start-stack.js';
import { collectSummary } from './collect-summary.js';
import type { Demo, Scene } from './demo.js';
import { tell, tellScene } from './narrator.js';
import { prepareWorld } from './prepare-world.js';
import { accountsScene } from './scenes/accounts.js';
import { anyLanguageScene } from './scenes/any-language.js';
import { cancellationScene } from './scenes/cancellation.js';
import { challengersScene } from './scenes/challengers.js';
import { failureScene } from './scenes/failure.js';
import { firstChampionScene } from './scenes/first-champion.js';
import { firstModelScene } from './scenes/first-model.js';
import { parityScene } from './scenes/parity.js';
import { projectScene } from './scenes/project.js';
import { reuseScene } from './scenes/reuse.js';
import { reviewedPolicyScene } from './scenes/reviewed-policy.js';
import { whoLetItInScene } from './scenes/who-let-it-in.js';
import { worseCandidatesScene } from './scenes/worse-candidates.js';
import type { Summary } from './summary.js';

const scenes: readonly Scene[] = [
  accountsScene,
  projectScene,
  firstModelScene,
  challengersScene,
  reuseScene,
  anyLanguageScene,
  failureScene,
  parityScene,
  cancellationScene,
  reviewedPolicyScene,
  firstChampionScene,
  worseCandidatesScene,
  whoLetItInScene,
];

/** `npm run demo [-- --keep] [-- --fresh]`: the main job, on the embedded stack, with real data. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      keep: { type: 'boolean', default: false },
      fresh: { type: 'boolean', default: false },
      'state-dir': { type: 'string', default: '.ratchet' },
    },
  });
  const stateDir = values['state-dir'];
  const stopping = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => stopping.abort(new Error(`stopped by ${signal}`)));
  printLine(
    'Ratchet: a model from its data to champion, on a real Temporal server, Postgres and S3; nothing gets in unapproved.',
  );
  const beganMs = Date.now();
  const stack = await startStack({
    stateDir,
    processes: true,
    ui: true,
    fresh: values.fresh,
    log: () => undefined,
    signal: stopping.signal,
  });
  const timingsMs: Record<string, number> = { stack: Date.now() - beganMs };
  try {
    const summary = await Promise.race([play(stack, stateDir, timingsMs), aborted(stopping.signal)]);
    timingsMs['total'] = Date.now() - beganMs;
    await writeSummary(stateDir, { ...summary, timingsMs });
    printClosing(summary, stateDir);
    if (values.keep) await keepRunning(stack, stopping.signal);
  } finally {
    await stack.stop();
  }
}

async function play(
  stack: RunningStack,
  stateDir: string,
  timingsMs: Record<string, number>,
): Promise<Summary> {
  tell(
    `the stack is ready in ${(timingsMs['stack'] ?? 0) / 1000} s; Temporal's pages: ${stack.urls['temporalUi']}`,
  );
  const prepareMs = Date.now();
  const { project, repository } = await prepareWorld(stack, tell);
  timingsMs['world'] = Date.now() - prepareMs;
  const demo: Demo = {
    client: await openClient({ stateDir }),
    stack,
    repository,
    project,
    runIds: [],
    refusals: [],
    timingsMs,
  };
  for (const [at, scene] of scenes.entries()) {
    const sceneMs = Date.now();
    tellScene(at + 1, scene.title, scene.about);
    await scene.play(demo);
    timingsMs[scene.title] = Date.now() - sceneMs;
  }
  return collectSummary(demo);
}

async function writeSummary(stateDir: string, summary: Summary): Promise<void> {
  const folder = join(stateDir, 'demo');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'summary.json'), `${JSON.stringify(summary, null, 2)}\n`);
}

function printClosing(summary: Summary, stateDir: string): void {
  printLine();
  printTable(
    ['run', 'model', 'status', 'took', 'reason'],
    summary.runs.map(({ id, model, status, reason, steps }) => [
      id.slice(0, 8),
      model,
      status,
      `${(steps.reduce((sum, { ms }) => sum + (ms ?? 0), 0) / 1000).toFixed(1)} s`,
      reason?.slice(0, 90),
    ]),
    'no run',
  );
  printLine();
  const shown = headlineMetrics(summary.models, 3);
  printTable(
    ['model', 'version', 'is', 'dataset', ...shown],
    summary.models.map(({ name, version, alias, dataset, metrics }) => [
      name,
      version,
      alias,
      dataset,
      ...shown.map((metric) => metrics[metric]),
    ]),
    'no model',
  );
  printLine();
  printTable(
    ['approval', 'outcome', 'votes'],
    summary.approvals.map(({ subject, outcome, votes }) => [
      subject.slice(0, 20),
      outcome,
      votes.map(({ approver, channel, decision }) => `${approver}: ${decision} (by ${channel})`).join(', '),
    ]),
    'no approval',
  );
  printLine();
  printFacts([...Object.entries(summary.urls), ['summary', join(stateDir, 'demo/summary.json')]]);
}

async function keepRunning(stack: RunningStack, signal: AbortSignal): Promise<void> {
  printLine();
  printLine(
    `The stack goes on at ${stack.urls['gateway']} until Ctrl-C. In another terminal: npx ratchet run list`,
  );
  await new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}

main().then(
  () => process.exit(process.exitCode ?? 0),
  (error: unknown) => {
    process.stderr.write(`the demo failed: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  },
);
