import type { ChangeSign, ChangeType } from './change-types.js';
import type { FileKind } from './file-kind.js';

/** A changed file of a model. */
export interface RiskyFile {
  readonly path: string;
  readonly kind: FileKind;
  readonly change: 'added' | 'modified' | 'removed';
  /** Lines added and removed; null where that is not known. */
  readonly lines: number | null;
}

/** Most changed lines, of all serving code together, that still are a minor change. */
const minorLines = 40;
/** A base image is named in one line: one goes, one comes. */
const imageLines = 2;

/** Kinds of files that mean one type of change. The others are looked at closer, or mean none. */
const typeOfKind: Readonly<Partial<Record<FileKind, ChangeType>>> = {
  'serving-api': 'serving-api',
  'serving-libraries': 'serving-libraries',
  'training-libraries': 'hyperparameters',
  data: 'major-dataset',
  unknown: 'unrecognised',
};

/**
 * What changed files mean by themselves. A small change of existing serving code is a bug fix; new files, many lines,
 * or an unknown number of them may be a feature.
 */
export function fileSigns(files: readonly RiskyFile[]): readonly ChangeSign[] {
  return [
    ...files.flatMap(({ path, kind, change }): ChangeSign[] => {
      const type = typeOfKind[kind];
      return type === undefined ? [] : [{ type, because: `${path} is ${change}` }];
    }),
    ...files.filter(({ kind }) => kind === 'base-image').map(imageSign),
    ...codeSigns(files.filter(({ kind }) => kind === 'serving-code')),
  ];
}

function imageSign({ path, change, lines }: RiskyFile): ChangeSign {
  const isImage = change === 'modified' && lines !== null && lines <= imageLines;
  return isImage
    ? { type: 'base-image', because: `${path} has another line` }
    : { type: 'serving-feature', because: `${path} is ${change} in more than its base image` };
}

function codeSigns(files: readonly RiskyFile[]): ChangeSign[] {
  const [first] = files;
  if (first === undefined) return [];
  const other = files.find(({ change }) => change !== 'modified');
  if (other) return [{ type: 'serving-feature', because: `${other.path} is ${other.change}` }];
  const unknown = files.find(({ lines }) => lines === null);
  if (unknown)
    return [
      { type: 'serving-feature', because: `it is not known how many lines of ${unknown.path} changed` },
    ];
  const lines = files.reduce((sum, file) => sum + (file.lines ?? 0), 0);
  const isMinor = lines <= minorLines;
  const because = `${lines} lines of serving code changed, at most ${minorLines} are minor`;
  return [{ type: isMinor ? 'serving-bug-fix' : 'serving-feature', because }];
}
