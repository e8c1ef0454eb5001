import { readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { isMainThread, parentPort, workerData } from 'node:worker_threads';
import type {
  ApplicationCall,
  CallAnswer,
  CallRow,
  MetricEvent,
  RowOutcome,
  SandboxAnswer,
  SandboxQuestion,
  ThreadQuestion,
  ThreadSaying,
} from './application-messages.js';

/**
 * The program that holds a serving application: in a thread of a serving host, or alone in a sandbox. It imports nothing
 * of Ratchet, so that one file of it can be taken into a sandbox.
 */
type Step = (input: unknown, context: object) => unknown;
interface Loaded {
  readonly sample: Step;
  readonly preprocess: Step;
  readonly postprocess: Step;
  readonly metrics: Readonly<Record<string, { readonly kind: string }>>;
  readonly description: unknown;
}
const mostEvents = 10_000;
const longestReason = 300;

async function load(entry: string): Promise<Loaded> {
  const module = (await import(pathToFileURL(entry).href)) as { readonly application?: unknown };
  const found = module.application as Partial<Loaded> & { api?: unknown; examples?: unknown };
  if (typeof found !== 'object' || found === null) throw new Error('it exports no application');
  const { sample = () => null, preprocess, postprocess, api, metrics = {}, examples } = found;
  for (const [name, step] of Object.entries({ sample, preprocess, postprocess })) {
    if (typeof step !== 'function') throw new Error(`application.${name} is no function`);
  }
  const description = JSON.parse(
    JSON.stringify({ api, metrics, examples, samples: found.sample !== undefined }),
  ) as unknown;
  return { sample, preprocess: preprocess as Step, postprocess: postprocess as Step, metrics, description };
}

async function answer(application: Loaded, call: ApplicationCall): Promise<CallAnswer> {
  const events: MetricEvent[] = [];
  const metrics = recorders(application.metrics, events);
  const outcomes: RowOutcome[] = [];
  for (const row of call.rows) outcomes.push(await outcomeOf(application, call, row, metrics));
  return { outcomes, metrics: events };
}

async function outcomeOf(
  { sample, preprocess, postprocess }: Loaded,
  { stage, model }: ApplicationCall,
  { row, modelRow, prediction }: CallRow,
  metrics: object,
): Promise<RowOutcome> {
  try {
    const around = { model, metrics };
    const steps = {
      sample: () => sample(row, around),
      preprocess: () => preprocess(row, around),
      postprocess: () => postprocess(prediction, { ...around, row, modelRow }),
    };
    const value = await steps[stage]();
    // What cannot be told to another thread is refused where it came from.
    return { value: structuredClone(value) ?? null };
  } catch (error) {
    const isRefusal = error instanceof Error && error.name === 'Refusal';
    return isRefusal ? { refused: reasonOf(error) } : { failed: reasonOf(error) };
  }
}

type Labels = Readonly<Record<string, string>>;

function recorders(metrics: Loaded['metrics'], events: MetricEvent[]): object {
  const record = (name: string, kind: string) => (value: number, labels: Labels) => {
    if (!Number.isFinite(value) || (kind === 'counter' && value < 0))
      throw new Error(`metric "${name}" was given ${value}`);
    if (events.length < mostEvents) events.push([name, { ...labels }, value]);
  };
  const entries = Object.entries(metrics).map(([name, { kind }]) => {
    const put = record(name, kind);
    const add = (labels: Labels = {}, by = 1) => put(by, labels);
    const set = (value: number, labels: Labels = {}) => put(value, labels);
    return [name, { inc: add, set, observe: set }] as const;
  });
  return Object.fromEntries(entries);
}

function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.replaceAll(/[\p{Cc}\s]+/gu, ' ').slice(0, longestReason) || 'it gave no reason';
}

async function serveThread(entry: string): Promise<void> {
  const say = (saying: ThreadSaying) => parentPort?.postMessage(saying);
  try {
    const application = await load(entry);
    parentPort?.on('message', (question: ThreadQuestion) => {
      if (question.kind === 'ping') return say({ kind: 'pong' });
      const { id, call } = question;
      void answer(application, call).then((told) => say({ kind: 'answered', id, answer: told }));
    });
    say({ kind: 'ready' });
  } catch (error) {
    say({ kind: 'broken', reason: reasonOf(error) });
  }
}

async function answerFile(entry: string, question: string, target: string): Promise<void> {
  const asked = JSON.parse(readFileSync(question, 'utf8')) as SandboxQuestion;
  const told = await load(entry)
    .then(
      async (application): Promise<SandboxAnswer> =>
        asked.ask === 'describe'
          ? { kind: 'described', description: application.description }
          : { kind: 'answered', answer: await answer(application, asked.call) },
    )
    .catch((error: unknown): SandboxAnswer => ({ kind: 'broken', reason: reasonOf(error) }));
  writeFileSync(target, JSON.stringify(told));
  // Timers and connections of the application do not keep it.
  process.exit(0);
}

if (isMainThread) await answerFile(...(process.argv.slice(2) as [string, string, string]));
else await serveThread((workerData as { readonly entry: string }).entry);
