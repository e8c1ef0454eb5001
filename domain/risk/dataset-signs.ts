import type { ChangeSign } from './change-types.js';

/** How the rows that a model learns from differ from those before. */
export interface DatasetDifference {
  /** Share of the earlier rows that are gone or have other values, 0..1; null where that is not known. */
  readonly replacedShare: number | null;
  /** Whether a column came, went, or has another type. */
  readonly schemaChanged: boolean;
  /** Whether rows that stayed have other labels. */
  readonly labelChanged: boolean;
}

/** Replacing more of the rows is a major change. */
const minorShare = 0.2;

/** What other rows mean. Rows that only came are a minor change, however many. */
export function datasetSigns({
  replacedShare,
  schemaChanged,
  labelChanged,
}: DatasetDifference): readonly ChangeSign[] {
  const major = [
    ...(schemaChanged ? ['the columns of the dataset are others'] : []),
    ...(labelChanged ? ['labels of the dataset are others'] : []),
    ...majorRows(replacedShare),
  ];
  if (major.length > 0) return major.map((because) => ({ type: 'major-dataset', because }));
  return [{ type: 'minor-dataset', because: `${percent(replacedShare ?? 0)} of the rows are replaced` }];
}

function majorRows(share: number | null): string[] {
  if (share === null || Number.isNaN(share)) return ['it is not known how many rows are replaced'];
  return share > minorShare
    ? [`${percent(share)} of the rows are replaced, at most ${percent(minorShare)} are minor`]
    : [];
}

const percent = (share: number) => `${Math.round(share * 1000) / 10} %`;
