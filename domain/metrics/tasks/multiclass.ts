import {
  checkedBlocks,
  checkedProbabilities,
  checkLength,
  checkValues,
  columnRules,
  neededColumn,
} from '../checked-columns.js';
import { confusionOf } from '../confusion.js';
import type { SplitName } from '../evaluation.js';
import type { SplitInput } from '../evaluation-input.js';
import { allUndefined } from '../metric-value.js';
import { multiclassMetricNames, multiclassMetrics } from '../multiclass-metrics.js';
import { type ClassRows, takeIds, takeRowsOf } from '../rows.js';
import { type Judge, noResamples, type TaskMethod } from '../task-method.js';

/** One of several classes. The baseline answers the most frequent class of train, with train's frequencies. */
export const multiclass: TaskMethod<ClassRows> = {
  metricNames: multiclassMetricNames,
  fit: { gap: 'accuracy', gain: 'accuracy' },
  read: readClasses,
  isLabelled: ({ label }, row) => !Number.isNaN(label[row]),
  take: (rows, indices) => ({
    ...rows,
    label: takeRowsOf(rows.label, 1, indices),
    assigned: takeIds(rows.assigned, indices),
    ...(rows.probabilities ? { probabilities: takeRowsOf(rows.probabilities, rows.classes, indices) } : {}),
    block: takeIds(rows.block, indices),
  }),
  judge: (train) => judgeClasses(train),
};

function readClasses(input: SplitInput, split: SplitName): ClassRows {
  const label = neededColumn(input, 'label', split);
  checkValues(label, columnRules.classLabel, 'label', split);
  const rows = label.length;
  const block = checkedBlocks(input, rows, split);
  if (!input.probabilities) {
    const assigned = checkedClasses(neededColumn(input, 'assigned', split), rows, split);
    return { label, assigned, classes: classesOf(label, assigned), block };
  }
  const width = rows === 0 ? 0 : Math.floor(input.probabilities.length / rows);
  checkLength(input.probabilities.length, width * rows, 'probabilities', split);
  const given = checkedProbabilities(input.probabilities, 'probabilities', split);
  const assigned = input.assigned
    ? checkedClasses(input.assigned, rows, split)
    : Int32Array.from(label, (_, row) => mostProbable(given, row * width, width));
  const classes = Math.max(width, classesOf(label, assigned));
  return { label, assigned, classes, probabilities: widened(given, width, classes), block };
}

function checkedClasses(assigned: Int32Array, rows: number, split: SplitName): Int32Array {
  checkLength(assigned.length, rows, 'assigned', split);
  checkValues(assigned, { ...columnRules.classLabel, code: 'MODEL_INTERFACE' }, 'assigned', split);
  return assigned;
}

function classesOf(label: Float64Array, assigned: Int32Array): number {
  const most = label.reduce((least, id) => (Number.isNaN(id) ? least : Math.max(least, id + 1)), 0);
  return assigned.reduce((least, id) => Math.max(least, id + 1), most);
}

function mostProbable(probabilities: Float64Array, start: number, width: number): number {
  const own = probabilities.subarray(start, start + width);
  return own.reduce((best, value, index) => (value > (own[best] ?? 0) ? index : best), 0);
}

/** A class the model has no column for was given probability 0. */
function widened(probabilities: Float64Array, width: number, classes: number): Float64Array {
  if (width === classes || width === 0) return probabilities;
  const wide = new Float64Array((probabilities.length / width) * classes);
  for (let from = 0, to = 0; from < probabilities.length; from += width, to += classes) {
    wide.set(probabilities.subarray(from, from + width), to);
  }
  return wide;
}

function judgeClasses(train: ClassRows): Judge<ClassRows> {
  const frequency = new Float64Array(1000);
  for (const id of train.label) frequency[id] = (frequency[id] ?? 0) + 1 / train.label.length;
  const majority = mostProbable(frequency, 0, frequency.length);
  return {
    findings: [],
    metrics: multiclassMetrics,
    baseline: (rows) => {
      if (train.label.length === 0) return allUndefined(multiclassMetricNames, 'train has no labelled row');
      const classes = Math.max(rows.classes, majority + 1);
      const constant = {
        ...rows,
        classes,
        assigned: rows.assigned.map(() => majority),
        probabilities: Float64Array.from(
          { length: rows.label.length * classes },
          (_, at) => frequency[at % classes] ?? 0,
        ),
      };
      return multiclassMetrics(constant, noResamples);
    },
    pictures: (rows) =>
      rows.label.length === 0 ? {} : { confusion: confusionOf(rows.label, rows.assigned, rows.classes) },
  };
}
