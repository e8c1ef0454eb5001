import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openClient } from '../../cli/open-client.js';
import { printLine } from '../../cli/print.js';
import { type RunningStack, startStack } from '../../stack/start-stack.js';
import { collectSummary } from './collect-summary.js';
import type { Demo, Scene } from './demo.js';
import { openLetterBox } from './letter-box.js';
import { tell, tellScene } from './narrator.js';
import { prepareWorld } from './prepare-world.js';
import { printClosing } from './print-closing.js';
import { accountsScene } from './scenes/accounts.js';
import { anyLanguageScene } from './scenes/any-language.js';
import { cancellationScene } from './scenes/cancellation.js';
import { challengersScene } from './scenes/challengers.js';
import { driftRetrainingScene } from './scenes/drift-retraining.js';
import { failureScene } from './scenes/failure.js';
import { firstChampionScene } from './scenes/first-champion.js';
import { firstModelScene } from './scenes/first-model.js';
import { letterScene } from './scenes/letter.js';
import { liveEndpointScene } from './scenes/live-endpoint.js';
import { liveTrafficScene } from './scenes/live-traffic.js';
import { parityScene } from './scenes/parity.js';
import { projectScene } from './scenes/project.js';
import { pushScene } from './scenes/push.js';
import { retrainingScene } from './scenes/retraining.js';
import { reuseScene } from './scenes/reuse.js';
import { reviewedPolicyScene } from './scenes/reviewed-policy.js';
import { secondQuarterScene } from './scenes/second-quarter.js';
import { servingChangeScene } from './scenes/serving-change.js';
import { threeMonthsScene } from './scenes/three-months.js';
import { whoLetItInScene } from './scenes/who-let-it-in.js';
import { worseCandidatesScene } from './scenes/worse-candidates.js';
import type { Summary } from './summary.js';
import { type DemoClock, startDemoClock } from './traffic/demo-clock.js';

const scenes: readonly Scene[] = [
  accountsScene,
  projectScene,
  pushScene,
  firstModelScene,
  letterScene,
  challengersScene,
  reuseScene,
  anyLanguageScene,
  failureScene,
  parityScene,
  cancellationScene,
  reviewedPolicyScene,
  firstChampionScene,
  liveEndpointScene,
  servingChangeScene,
  worseCandidatesScene,
  liveTrafficScene,
  driftRetrainingScene,
  secondQuarterScene,
  retrainingScene,
  threeMonthsScene,
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
    'Ratchet: a model from a push to champion, on a real Temporal server, Postgres and S3; nothing gets in unapproved.',
  );
  const beganMs = Date.now();
  const letters = await openLetterBox();
  const clock = await startDemoClock('2013-04-01T00:00:00.000Z');
  try {
    const stack = await startStack({
      stateDir,
      processes: true,
      ui: true,
      fresh: values.fresh,
      log: () => undefined,
      env: { ...withLetters(process.env), ...watching(clock) },
      signal: stopping.signal,
    });
    const timingsMs: Record<string, number> = { stack: Date.now() - beganMs };
    try {
      const playing = play(stack, { letters, clock }, timingsMs);
      const summary = await Promise.race([playing, aborted(stopping.signal)]);
      timingsMs['total'] = Date.now() - beganMs;
      await writeSummary(stateDir, { ...summary, timingsMs });
      printClosing(summary, stateDir);
      if (values.keep) await keepRunning(stack, stopping.signal);
    } finally {
      await stack.stop();
    }
  } finally {
    letters.close();
    await clock.close();
  }
}

async function play(
  stack: RunningStack,
  { letters, clock }: Pick<Demo, 'letters' | 'clock'>,
  timingsMs: Record<string, number>,
): Promise<Summary> {
  tell(
    `the stack is ready in ${(timingsMs['stack'] ?? 0) / 1000} s; Temporal's pages: ${stack.urls['temporalUi']}`,
  );
  const prepareMs = Date.now();
  const { project, repository } = await prepareWorld(stack, letters, tell);
  timingsMs['world'] = Date.now() - prepareMs;
  const demo: Demo = {
    client: await openClient({ stateDir: stack.stateDir }),
    stack,
    repository,
    letters,
    clock,
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

/** Letters may go to this machine, as the program that takes them is on it. */
function withLetters(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const allowed = [env['RATCHET_EGRESS_ALLOW'], '127.0.0.1'].filter(Boolean).join(',');
  return { ...env, RATCHET_EGRESS_ALLOW: allowed };
}

/** The watch looks every second, and automatic runs go by the clock of the flights. */
function watching({ file }: DemoClock): NodeJS.ProcessEnv {
  return { RATCHET_CLOCK_FILE: file, RATCHET_WATCH_LOOK_SECONDS: '1' };
}

async function writeSummary(stateDir: string, summary: Summary): Promise<void> {
  const folder = join(stateDir, 'demo');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'summary.json'), `${JSON.stringify(summary, null, 2)}\n`);
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
