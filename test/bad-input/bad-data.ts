import { type BadInput, files, swap, withDataset } from './bad-input.js';
import { parquetOf } from './parquet-of.js';

const broken = { status: 'refused', code: 'CONTRACT_BROKEN', step: 'build' } as const;
const atCollect = { status: 'failed', step: 'collect' } as const;

/** 200 sound rows, but for what `change` does to some. */
function rows(change: (index: number) => Partial<Record<'id' | 'x' | 'y' | 'label', string | number>>) {
  const lines = Array.from({ length: 200 }, (_, i) => {
    const row = { id: i, x: i / 3, y: -i, label: i % 2, ...change(i) };
    return `${row.id},${row.x},${row.y},${row.label}\n`;
  });
  return { [files.data]: `id,x,y,label\n${lines.join('')}` };
}

const asParquet = (bytes: Uint8Array | string) => ({
  [files.table]: (text: string) =>
    text.replace('points.csv', 'points.parquet').replace('format: csv', 'format: parquet'),
  'data/points.parquet': bytes,
});
const point = 'range as id, range / 3 as x, -range as y, range % 2 as label';

/** Data that is not what its files, or their contract, say. */
export const badData: readonly BadInput[] = [
  {
    ...atCollect,
    title: 'a source without a row',
    edits: { [files.data]: 'id,x,y,label\n' },
    code: 'SOURCE_EMPTY',
    says: ['tables/points.yaml: the files have no rows'],
  },
  {
    ...atCollect,
    title: 'an empty file for a source',
    edits: { [files.data]: '' },
    code: 'SOURCE_EMPTY',
    says: ['table points: points.csv is empty'],
  },
  {
    ...atCollect,
    title: 'a CSV file that lacks a column',
    edits: { [files.data]: swap('id,x,y,label', 'id,x,why,label') },
    code: 'DATA_TYPE',
    says: ['table points: points.csv has no column y; it has id, x, why, label'],
  },
  {
    ...atCollect,
    title: 'a CSV file without a header',
    edits: { [files.data]: '7,1.5,2.5,0\n8,3.5,4.5,1\n' },
    code: 'DATA_TYPE',
    says: ['table points: points.csv has no column id; it has 7, 1.5, 2.5, 0'],
  },
  {
    ...atCollect,
    title: 'a line of CSV with too many values',
    edits: { [files.data]: 'id,x,y,label\n1,2,3,0\n4,5,6,7,8,1\n' },
    code: 'SOURCE_INVALID',
    says: ['table points: points.csv: line 3: values came: more than 4, allowed: 4, as in the header'],
  },
  {
    ...atCollect,
    title: 'lines of CSV that end in two ways',
    edits: { [files.data]: (text) => `${text}900,1,2,0\n` },
    code: 'SOURCE_INVALID',
    says: [
      'points.csv: its lines end in different ways',
      'allowed are commas, double quotes and one kind of line end',
    ],
  },
  {
    ...atCollect,
    title: 'Parquet that is none',
    edits: asParquet('id,x,y,label\n1,2,3,0\n'),
    code: 'SOURCE_INVALID',
    says: [`table points: no magic bytes found at end of file 'points.parquet'`],
  },
  {
    ...atCollect,
    title: 'a list in a column of Parquet',
    edits: asParquet(
      await parquetOf(
        'select * replace ([x, y] as x) from (select range as id, range / 3 as x, -range / 1 as y, range % 2 as label from range(200))',
      ),
    ),
    code: 'DATA_TYPE',
    says: ['column x of points.parquet is of type DOUBLE[], which is not double'],
  },
  {
    title: 'text in a column of Parquet that is to be a number',
    edits: asParquet(
      await parquetOf(`select * replace ('high' as x) from (select ${point} from range(200))`),
    ),
    status: 'failed',
    code: 'DATA_TYPE',
    step: 'build',
    says: ['x: not of type double'],
  },
  {
    title: 'a file of a source that is not there',
    edits: { [files.table]: swap('points.csv', 'dots.csv') },
    status: 'failed',
    code: 'CONFIG_MISSING',
    step: 'prepare',
    says: ['tables/points.yaml: there is no data/dots.csv at this commit'],
  },
  {
    ...broken,
    title: 'more bad rows than the declared share',
    edits: rows((i) => (i % 10 === 0 ? { x: 'n/a' } : {})),
    says: ['tables/points.yaml', 'maxQuarantinedShare 0.01 allows', 'x: not of type double, rows 20, of 200'],
  },
  {
    ...broken,
    title: 'NaN in a column that is required',
    edits: {
      ...rows((i) => (i % 10 === 0 ? { x: 'NaN' } : {})),
      ...withDataset('contract: { columns: { x: { type: double, required: true } } }'),
    },
    says: ['20 of 200 examples break the contract (share 0.1000), allowed is a share of 0.01: x: null (20)'],
  },
  {
    title: 'a column of another type than its contract',
    edits: withDataset('contract: { columns: { x: { type: string } } }'),
    status: 'failed',
    code: 'DATA_TYPE',
    step: 'build',
    says: ['column x is of type double, the contract asks for string'],
  },
  {
    title: 'a label with a third class',
    edits: rows((i) => ({ label: i % 3 })),
    status: 'refused',
    code: 'METRIC_UNDEFINED',
    step: 'evaluate',
    says: [/label of train is 2 at place \d+ \(\d+ such of \d+\); a label is 0, 1 or missing/],
    dataset: 'made',
    staged: ['output/1/model.onnx'],
  },
  {
    ...broken,
    title: 'a label with a single class',
    edits: rows(() => ({ label: 1 })),
    says: ['the label label has one value in all training rows', 'allowed are rows of at least two'],
  },
  {
    ...broken,
    title: 'a column that never changes',
    edits: rows(() => ({ y: 7 })),
    says: ['y has one value in all training rows', 'leave it out or name it in contract.allowConstant'],
  },
  {
    title: 'a split that no row falls into',
    edits: {
      [files.data]: 'id,x,y,label\n1,1,2,0\n2,3,4,1\n',
      [files.model]: swap('validation: 0.25, test: 0.25', 'validation: 0.001, test: 0.001'),
    },
    status: 'refused',
    code: 'SPLIT_EMPTY',
    step: 'build',
    says: ['no rows are in validation and test', 'train 2, validation 0, test 0'],
  },
  {
    ...broken,
    title: 'fewer rows than the contract asks for',
    edits: withDataset('contract: { minRows: 1000 }'),
    says: ['the dataset has 400 rows, contract.minRows asks for 1000'],
  },
  {
    ...broken,
    title: 'keys that stand several times',
    edits: rows((i) => ({ id: i % 50 })),
    says: ['200 of 200 examples', 'allowed is a share of 0.01: key not unique (200)'],
  },
  {
    ...broken,
    title: 'keys that are missing',
    edits: rows((i) => (i % 4 === 0 ? { id: '' } : {})),
    says: ['50 of 200 examples', 'allowed is a share of 0.01: id: null (50)'],
  },
];
