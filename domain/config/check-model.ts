import { checkMonitoring } from './check-monitoring.js';
import { checkServing } from './check-serving.js';
import { checkTriggers } from './check-triggers.js';
import { checkValue } from './check-value.js';
import type { ConfigFinding } from './config-problem.js';
import type { FeatureViewConfig } from './feature-view.js';
import type { ModelConfig } from './model.js';

const supervised: ReadonlySet<string> = new Set(['classification', 'regression']);

/** What the shape of a ratchet.yaml cannot say by itself. */
export function checkModel(model: ModelConfig): ConfigFinding[] {
  return [
    ...checkLabel(model),
    ...checkInputs(model),
    ...checkRepeats(model),
    ...checkSplit(model),
    ...checkTriggers(model),
    ...checkServing(model),
    ...checkMonitoring(model),
    ...checkValue(model),
  ];
}

function checkLabel({ dataset, evaluation }: ModelConfig): ConfigFinding[] {
  const findings: ConfigFinding[] = [];
  if (supervised.has(evaluation.task) && dataset.label === undefined) {
    findings.push({
      path: ['dataset', 'label'],
      came: 'nothing',
      allowed: `the label column, which ${evaluation.task} learns from`,
    });
  }
  if (dataset.label === undefined && dataset.labelKnownAt !== undefined) {
    findings.push({
      path: ['dataset', 'labelKnownAt'],
      came: 'given without a label',
      allowed: 'this key only beside "label"',
      at: 'key',
    });
  }
  if (dataset.knownUntil !== undefined && dataset.labelKnownAt === undefined) {
    findings.push({
      path: ['dataset', 'knownUntil'],
      came: 'given without "labelKnownAt"',
      allowed: 'this key only beside "labelKnownAt"',
      at: 'key',
    });
  }
  return findings;
}

function checkInputs({ dataset, evaluation }: ModelConfig): ConfigFinding[] {
  const forbidden = new Map<string | undefined, string>([
    [dataset.label, 'the label'],
    [dataset.labelKnownAt, 'when the label was known'],
    ...dataset.outcomes.map((name) => [name, 'an outcome'] as const),
  ]);
  return evaluation.inputs.flatMap((name, index): ConfigFinding[] => {
    const path = ['evaluation', 'inputs', index];
    if (evaluation.inputs.indexOf(name) !== index) {
      return [{ path, came: `${name} a second time`, allowed: 'each input once' }];
    }
    const reason = forbidden.get(name);
    return reason === undefined
      ? []
      : [{ path, came: `${name}, which is ${reason}`, allowed: 'a column that is known at prediction time' }];
  });
}

function checkRepeats({ dataset }: ModelConfig): ConfigFinding[] {
  const seen = (names: readonly string[], list: string) =>
    names.flatMap((name, index): ConfigFinding[] =>
      names.indexOf(name) === index
        ? []
        : [{ path: ['dataset', list, index], came: `${name} a second time`, allowed: 'each name once' }],
    );
  return [...seen(dataset.tables, 'tables'), ...seen(dataset.features, 'features')];
}

function checkSplit({ dataset: { split } }: ModelConfig): ConfigFinding[] {
  if (split.by === 'recent') return [];
  if (split.by === 'date') return splitParts.flatMap((part) => checkDays(split, part));
  const share = split.validation + split.test;
  if (share < 1) return [];
  const came = `validation and test shares of ${share} together`;
  return [{ path: ['dataset', 'split'], came, allowed: 'less than 1, so that rows are left to train on' }];
}

const splitParts = ['train', 'validation', 'test'] as const;
type DateSplit = Extract<ModelConfig['dataset']['split'], { by: 'date' }>;

function checkDays(split: DateSplit, part: (typeof splitParts)[number]): ConfigFinding[] {
  const path = ['dataset', 'split', part];
  const { from, to } = split[part];
  if (from > to)
    return [{ path, came: `${from} to ${to}`, allowed: 'a first day that is not after the last' }];
  const before = splitParts.slice(0, splitParts.indexOf(part));
  const shared = before.find((other) => from <= split[other].to && split[other].from <= to);
  return shared === undefined
    ? []
    : [{ path, came: `${from} to ${to}, which has days of ${shared}`, allowed: 'days of its own' }];
}

/** Holds a model against the feature views that it names. */
export function checkModelFeatures(model: ModelConfig, views: readonly FeatureViewConfig[]): ConfigFinding[] {
  const { dataset } = model;
  const timed = views.find((view) => view.kind !== 'lookup');
  const findings: ConfigFinding[] = [];
  if (timed !== undefined && dataset.predictAt === undefined) {
    findings.push({
      path: ['dataset', 'predictAt'],
      came: 'nothing',
      allowed: `the column with the instant of prediction, which the feature view ${timed.name} needs`,
    });
  }
  const origin = new Map<string, string>();
  for (const view of views) {
    for (const column of Object.keys(view.columns)) {
      const first = origin.get(column);
      if (first !== undefined) {
        findings.push({
          path: ['dataset', 'features'],
          came: `two views with the column ${column}: ${first} and ${view.name}`,
          allowed: 'views whose columns have names of their own',
        });
      }
      origin.set(column, view.name);
    }
  }
  return findings;
}
