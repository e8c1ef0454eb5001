import type { MonitorWindow } from '../../domain/monitoring/window.js';
import type { EndpointName } from '../../domain/ports/deployment-target.js';
import type { LeftOut, RecordedModel, RecordedPlace } from '../../domain/ports/recorded-predictions.js';
import type { GatewayDeps } from '../deps.js';
import { columnsOf, sensitiveOf } from './record-columns.js';

type Deps = Pick<GatewayDeps, 'blobs' | 'recorded' | 'registry'>;

const pageRows = 2000;

interface AskedRecord {
  readonly name: EndpointName;
  readonly span: MonitorWindow;
  readonly withSensitive: boolean;
}

/**
 * The raw record as lines of JSON: first which columns there are and what is left out of which version, then a line a row,
 * version by version in the order of events, and last how many rows those were. A text without that last line is not
 * whole. A page is read when the one before was taken.
 */
export async function recordedLines(
  deps: Deps,
  { name, span, withSensitive }: AskedRecord,
): Promise<AsyncGenerator<string>> {
  const models = await deps.recorded.models(name);
  const nothing = { names: [], allInputs: false };
  const told = await Promise.all(
    models.map(async (model) => ({
      model,
      leftOut: withSensitive ? nothing : await sensitiveOf(deps, model),
    })),
  );
  return linesOf(deps, told, span);
}

interface ToldModel {
  readonly model: RecordedModel;
  readonly leftOut: LeftOut;
}

async function* linesOf(
  { recorded }: Deps,
  told: readonly ToldModel[],
  span: MonitorWindow,
): AsyncGenerator<string> {
  const models = told.map(({ model }) => model);
  const leftOut = told
    .filter((of) => of.leftOut.allInputs || of.leftOut.names.length > 0)
    .map(({ model: { model, version }, leftOut: of }) => ({ model, version, ...of }));
  yield `${JSON.stringify({ inputs: columnsOf(models, 'inputs'), outputs: columnsOf(models, 'outputs'), leftOut })}\n`;
  let rows = 0;
  for (const { model, leftOut: of } of told) {
    const versionOf = `{"model":${JSON.stringify(model.model)},"version":${JSON.stringify(model.version)},`;
    for (let after: RecordedPlace | null = null, isOver = false; !isOver; ) {
      const page: Awaited<ReturnType<Deps['recorded']['page']>> = await recorded.page(model.id, span, {
        ...{ after, limit: pageRows, leftOut: of },
      });
      rows += page.lines.length;
      if (page.lines.length > 0) yield page.lines.map((line) => `${versionOf}${line.slice(1)}\n`).join('');
      after = page.next;
      isOver = after === null;
    }
  }
  yield `${JSON.stringify({ end: { rows } })}\n`;
}
