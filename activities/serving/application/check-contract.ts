import { join } from 'node:path';
import type { ApplicationApi } from '../../../domain/contract/application-api.js';
import { breakingChanges, isDeclaredBreak } from '../../../domain/contract/compare-apis.js';
import { modelRowMisfit } from '../../../domain/contract/model-row-fit.js';
import { rowMisfit } from '../../../domain/contract/row-fit.js';
import { RatchetError } from '../../../domain/errors/ratchet-error.js';
import type { OnnxInterface } from '../../../domain/onnx/model-interface.js';
import type {
  ApplicationStage,
  CallRow,
  RowOutcome,
} from '../../../inference/application/application-messages.js';
import type { ApplicationDeps, ApplicationWork } from './application-work.js';
import { askInSandbox } from './ask-in-sandbox.js';
import { describedIn, readBundle } from './bundle-files.js';
import { writeFiles } from './write-files.js';

type Row = Readonly<Record<string, unknown>>;

export interface ContractQuestion {
  /** As `buildApplication` left it. */
  readonly bundlePath: string;
  readonly model: {
    readonly name: string;
    readonly version: string;
    readonly interface: OnnxInterface;
    /** What the model answers, one a row: `predictModelRows`. */
    predict(rows: readonly Row[]): Promise<readonly unknown[]>;
  };
  /**
   * Real rows of the dataset, by column; at most 1,000 are read. The application makes rows of its API from them where it
   * has a `sample`; else those are asked that have the fields of the API, and others passed over.
   */
  readonly samples: readonly Row[];
  /** API of the revision that is live; null where none is. */
  readonly live: ApplicationApi | null;
}

export interface ContractReport {
  readonly api: ApplicationApi;
  /** Rows that were asked: the application's own examples, and real ones. */
  readonly examples: number;
  readonly samples: number;
  /** Breaks of the live API that the version of the new one declares. */
  readonly declaredBreaks: readonly string[];
}

/** That an API does not break that of the clients, unless its version says so; the breaks that it says. Error: `API_BROKEN`, naming each field. */
export function checkApi(live: ApplicationApi | null, api: ApplicationApi): readonly string[] {
  const breaks = live === null ? [] : breakingChanges(live, api);
  if (breaks.length === 0 || live === null || isDeclaredBreak(live, api)) return breaks;
  const text = `the API ${api.version} breaks clients of ${live.version}, which is live: ${breaks.join('; ')}; a higher major version says that it means to`;
  throw new RatchetError('API_BROKEN', text, { breaks });
}

/**
 * Asks a built application its own examples and real rows: what it makes of them fits the inputs of the model, its answers
 * fit its own API, and that API does not break the one that is live.
 * Errors: `API_BROKEN`, naming the field; `APPLICATION_FAILED` where a row that fits makes it throw, or it does not end;
 * those of `predict`.
 */
export async function checkContract(
  deps: Pick<ApplicationDeps, 'launcher'>,
  question: ContractQuestion,
  work: ApplicationWork,
): Promise<ContractReport> {
  const files = await readBundle(question.bundlePath);
  const { api, examples, samples: makesSamples } = describedIn(files);
  const declaredBreaks = checkApi(question.live, api);
  const built = join(work.folder, 'contract');
  await writeFiles(built, files);
  const told = { name: question.model.name, version: question.model.version };
  const ask = async (stage: ApplicationStage, asked: readonly CallRow[]) => {
    const said = await askInSandbox(deps, work, built, {
      ask: 'call',
      call: { stage, model: told, rows: asked },
    });
    return valuesOf(stage, said.kind === 'answered' ? said.answer.outcomes : [], asked.length);
  };

  const real = question.samples.slice(0, 1000);
  const samples = makesSamples
    ? (
        await ask(
          'sample',
          real.map((row) => ({ row })),
        )
      ).filter((row) => row !== null)
    : real.flatMap((row) => askableRow(api, row));
  requireFit(samples, 'what sample makes of', (row) => rowMisfit(api.input, row));
  const rows = [...examples, ...samples];
  const modelRows = await ask(
    'preprocess',
    rows.map((row) => ({ row })),
  );
  requireFit(modelRows, 'what preprocess makes of', (row) => modelRowMisfit(question.model.interface, row));
  const predictions = await question.model.predict(modelRows as readonly Row[]);
  const answers = await ask(
    'postprocess',
    rows.map((row, i) => ({ row, modelRow: modelRows[i], prediction: predictions[i] })),
  );
  requireFit(answers, 'the answer to', (row) => rowMisfit(api.output, row));
  return { api, examples: examples.length, samples: samples.length, declaredBreaks };
}

/** The fields of a real row that the API asks for, where it has them all. */
function askableRow({ input }: ApplicationApi, row: Row): readonly Row[] {
  const own = Object.fromEntries(Object.entries(row).filter(([name]) => Object.hasOwn(input, name)));
  return rowMisfit(input, own) === null ? [own] : [];
}

function valuesOf(
  stage: ApplicationStage,
  outcomes: readonly RowOutcome[],
  rows: number,
): readonly unknown[] {
  if (outcomes.length !== rows)
    throw new RatchetError('APPLICATION_FAILED', `${stage} gave ${outcomes.length} answers to ${rows} rows`);
  return outcomes.map((outcome, i) => {
    if ('value' in outcome) return outcome.value;
    const why =
      'failed' in outcome
        ? `failed on sample row ${i}: ${outcome.failed}`
        : `refused sample row ${i}: ${outcome.refused}`;
    throw new RatchetError('APPLICATION_FAILED', `${stage} ${why}`, { row: i });
  });
}

function requireFit(rows: readonly unknown[], what: string, misfitOf: (row: unknown) => string | null): void {
  for (const [i, row] of rows.entries()) {
    const why = misfitOf(row);
    if (why !== null)
      throw new RatchetError('API_BROKEN', `${what} sample row ${i} does not fit: ${why}`, { row: i });
  }
}
