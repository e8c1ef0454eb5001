import type { ModelConfig } from '../../config/model.js';
import { anomalyMetricNames } from '../../metrics/anomaly-metrics.js';
import { binaryMetricNames } from '../../metrics/binary-metrics.js';
import { clusteringMetricNames } from '../../metrics/clustering-metrics.js';
import { metricCatalogue } from '../../metrics/metric-catalogue.js';
import { regressionMetricNames } from '../../metrics/regression-metrics.js';
import { boolean, type FactType, list, map, number, object, text } from './fact-type.js';

/** The part of a model's configuration that decides which facts there are. */
export type KnownModel = Pick<ModelConfig, 'evaluation'>;

const metricsOfTask: Readonly<Record<ModelConfig['evaluation']['task'], readonly string[]>> = {
  classification: binaryMetricNames,
  regression: regressionMetricNames,
  anomaly: anomalyMetricNames,
  clustering: clusteringMetricNames,
};

/**
 * Every name that a rule may use, and what stands there. Without a model every metric of the catalogue and every
 * column may be named.
 */
export function factTypes(model?: KnownModel): Readonly<Record<string, FactType>> {
  const metrics = model ? metricsOfTask[model.evaluation.task] : Object.keys(metricCatalogue);
  const metricMap = (about: string) => map('metric', metrics, metric, about);
  const splits = (about: string) =>
    object(
      {
        train: metricMap('on the training rows'),
        validation: metricMap('on the validation rows'),
        test: metricMap('on the test rows'),
      },
      about,
    );
  return {
    metrics: splits('What the platform measured on the ONNX file, by split and metric.'),
    baseline: splits('The same of a constant answer, fitted on the training rows.'),
    slices: list(
      slice(metricMap('of these rows')),
      'Test rows judged apart, one item a value of a slice column.',
    ),
    gaps: gaps(metrics, model?.evaluation.slices),
    champion: object(
      { version: number('its number'), metrics: metricMap("on the candidate's test rows") },
      'The live version, judged on rows that neither was trained on. Missing while there is none.',
    ),
    dataset,
    drift: drift(model?.evaluation.inputs),
    ...constantFacts,
  };
}

const metric = object(
  {
    value: number('the metric'),
    low: number('lower end of the 95 % interval'),
    high: number('upper end of the 95 % interval'),
    n: number('what was counted: rows, or for recall the positive rows'),
  },
  'One metric. Missing, with its reason, where it has no value (too few rows, one class only).',
);

const slice = (metrics: FactType) =>
  object(
    {
      column: text('slice column'),
      value: text('its value'),
      rows: number('rows'),
      metrics,
    },
    'The rows of one value.',
  );

const gaps = (metrics: readonly string[], columns: readonly string[] | undefined) =>
  map(
    'slice column',
    columns,
    map(
      'metric',
      metrics,
      object(
        {
          worst: number('the worst slice with enough rows'),
          best: number('the best'),
          ratio: number('the smaller of both divided by the larger, 0 to 1'),
          gap: number('the distance between both'),
          worstSlice: text('value of the worst slice'),
          bestSlice: text('value of the best slice'),
          judged: number('slices with enough rows'),
          tooFew: number('slices with too few rows, which are left out'),
          n: number('what was counted in the worst slice'),
        },
        'One metric between the slices of a column. Missing where fewer than two slices have enough rows.',
      ),
      'by metric',
    ),
    'Differences between slices, by slice column and metric.',
  );

const rows = object(
  {
    train: number('rows'),
    validation: number('rows'),
    test: number('rows'),
    all: number('rows of all splits'),
  },
  'Rows by split.',
);

const dataset = object(
  {
    name: text('name of the dataset'),
    version: number('its version'),
    rows,
    ageHours: number('hours from the newest row (by dataset.predictAt) to the start of the run'),
    quarantine: object(
      { rows: number('rows'), share: number('largest share of a table, or of the examples, 0 to 1') },
      'Rows set aside.',
    ),
  },
  'The dataset version that the model was trained on.',
);

const drift = (inputs: readonly string[] | undefined) =>
  object(
    {
      columns: map(
        'input',
        inputs,
        object(
          {
            ks: number('KS distance, of numbers, 0 to 1'),
            cramersV: number("Cramer's V, of text, 0 to 1"),
            pAdjusted: number('probability under no difference, adjusted over all columns'),
            psi: number("population stability index over bins of the champion's rows"),
            drifted: boolean('whether the difference is certain and large enough to matter'),
            n: number('rows of the smaller side'),
          },
          'One input.',
        ),
        'by input of the model',
      ),
      worst: object({ ks: number('largest KS distance'), psi: number('largest index') }, 'Over all inputs.'),
      drifted: number('inputs that drifted; missing where none could be judged'),
      unjudged: number("inputs with too few rows, of another type, or not in the champion's dataset"),
      compared: number('inputs that both datasets have, in one type'),
    },
    "Training rows against those of the champion's dataset. Missing while there is no champion.",
  );

const constantFacts = {
  model: object(
    {
      algorithm: text('as the configuration names it'),
      task: text('classification, regression, anomaly or clustering'),
      bytes: number('size of the ONNX file'),
      inputs: list(text('a column'), 'Columns that the model reads.'),
    },
    'The model itself.',
  ),
  purpose: object(
    {
      intendedUse: text('as declared'),
      prohibitedUses: list(text('a use'), 'As declared.'),
      affectedGroups: list(text('a group'), 'As declared.'),
      sensitiveColumns: list(text('a column'), 'As declared.'),
    },
    'What the model is for.',
  ),
  lineage: object(
    {
      commit: text('full commit id'),
      configuration: text('digest'),
      environment: text('digest'),
      dataset: text('digest'),
      model: text('digest of the ONNX file'),
    },
    'Where it comes from.',
  ),
  history: object(
    {
      version: number('number of this version'),
      testLooks: number('how often this model line looked at this test split'),
    },
    'What came before.',
  ),
  isolation: object(
    { tier: text('container, namespace, uid or none'), rank: number('3, 2, 1 or 0: higher is stronger') },
    'How the training was held.',
  ),
  associations: list(
    object(
      {
        input: text('column that the model reads'),
        column: text('forbidden column'),
        value: number('0 to 1'),
        measure: text("correlation, rank correlation, correlation ratio or Cramer's V"),
        n: number('rows'),
      },
      'One pair.',
    ),
    'How much each input says about each forbidden column.',
  ),
} satisfies Record<string, FactType>;
