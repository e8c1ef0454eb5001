import { type BadInput, copyModel, files, swap, trainer, withTraining } from './bad-input.js';
import { parquetOf } from './parquet-of.js';

const train = (...lines: readonly string[]) => ({ [files.trainer]: trainer(...lines) });
const limited = (limits: string, ...lines: readonly string[]) => ({
  ...train(...lines),
  ...withTraining(`limits: { ${limits} }`),
});
const failed = { status: 'failed', step: 'train' } as const;
const overLimit = { ...failed, code: 'TRAINING_LIMIT' } as const;

/** Training programs that end badly, or ask for what there is not. */
export const badTraining: readonly BadInput[] = [
  {
    ...failed,
    title: 'a training that exits with 3',
    edits: train(
      '(target / "checkpoints" / "half.json").write_text("{}")',
      'print("the data is too sparse to learn from", file=sys.stderr)',
      'sys.exit(3)',
    ),
    code: 'TRAINING_FAILED',
    says: ['the training command ended with exit code 3: the data is too sparse to learn from'],
    staged: ['checkpoints/*/half.json'],
  },
  {
    ...failed,
    title: 'a training that fails without a word',
    edits: train('sys.exit(1)'),
    code: 'TRAINING_FAILED',
    says: ['ended with exit code 1, without a word on its standard error'],
  },
  {
    ...failed,
    title: 'a command that is not there',
    edits: { [files.model]: swap('[python3, train.py]', '[trainer-of-nobody, train.py]') },
    code: 'PROGRAM_MISSING',
    says: ['the program trainer-of-nobody cannot be started in PATH (/', 'No such file or directory'],
  },
  {
    ...failed,
    title: 'a training that writes no model',
    edits: train('(target / "notes.md").write_text("done")'),
    code: 'OUTPUT_MISSING',
    says: ['the training command ended well but did not write model.onnx; it wrote notes.md'],
    staged: ['output/1/notes.md'],
  },
  {
    ...failed,
    title: 'a training whose model is a link',
    edits: train('os.symlink("/etc/passwd", target / "model.onnx")'),
    code: 'OUTPUT_INVALID',
    says: ['the output model.onnx is a link, or lies behind one'],
  },
  {
    ...failed,
    title: 'a training whose model is a pipe',
    edits: train('os.mkfifo(target / "model.onnx")'),
    code: 'OUTPUT_INVALID',
    says: ['the output model.onnx is'],
  },
  {
    ...overLimit,
    title: 'a training that needs more memory than it may have',
    edits: limited('memoryMiB: 64', 'keep = [bytearray(8 << 20) for _ in range(200)]', 'time.sleep(20)'),
    says: ['the training command used more memory than 64 MiB and was ended'],
  },
  {
    ...overLimit,
    title: 'a training that writes more than it may',
    edits: limited('diskMiB: 2', '(target / "big").write_bytes(bytes(8 << 20))', 'time.sleep(20)'),
    says: ['the training command used more disk than 2 MiB and was ended'],
  },
  {
    ...overLimit,
    title: 'a training that prints more than it may',
    edits: limited('outputMiB: 1', 'while True: print("x" * 1000)'),
    says: ['the training command used more log output than 1 MiB and was ended'],
  },
  {
    ...failed,
    title: 'a training that does not end',
    edits: limited('minutes: 0.02', 'time.sleep(60)'),
    code: 'TRAINING_TIMEOUT',
    says: ['the training command ran longer than 0.02 minutes and was ended'],
  },
  {
    ...failed,
    title: 'a secret that has no value',
    edits: withTraining('secrets: [secret://tracker-key]'),
    code: 'SECRET_MISSING',
    says: ['the secret "tracker-key" has no value here; put its value into the file '],
  },
  {
    ...failed,
    title: 'a requirement that does not exist',
    edits: {
      [files.model]: swap('{ kind: none }', '{ kind: python, requirements: requirements.txt }'),
      'training/requirements.txt': 'ratchet-package-of-nobody==1.0.0\n',
    },
    code: 'ENVIRONMENT_FAILED',
    says: ['could not install the requirements', 'ratchet-package-of-nobody==1.0.0'],
  },
  {
    ...failed,
    title: 'more files of training code than a working copy may have',
    edits: Object.fromEntries(Array.from({ length: 70 }, (_, i) => [`training/more/${i}.txt`, String(i)])),
    code: 'GIT_REFUSED',
    says: ['the tree has more than the 60 files that are allowed'],
  },
  {
    title: 'stronger isolation than this machine has',
    edits: withTraining('leastIsolation: container'),
    status: 'refused',
    code: 'ISOLATION_WEAK',
    step: 'train',
    says: [
      'isolation of tier container or stronger is not to be had here',
      'container: programs are not run in containers by this version',
    ],
  },
  {
    title: 'an accelerator that no worker has',
    edits: withTraining('accelerator: gpu\n  capacityDeadlineMinutes: 0.03'),
    status: 'failed',
    code: 'CAPACITY_MISSING',
    step: null,
    says: ['no worker with a gpu was free within training.capacityDeadlineMinutes', 'RATCHET_GPU_DEVICES'],
  },
];

const gated = {
  [files.model]: swap('\n  parity: { waive: The file is copied and was trained by nothing. }', ''),
};
const answered = (bytes: Uint8Array | string) => ({
  ...gated,
  [files.trainer]: trainer(copyModel, 'shutil.copy("said", target / "validation_predictions.parquet")'),
  'training/said': bytes,
});
const staged = ['output/1/model.onnx', 'output/1/validation_predictions.parquet'];
const unreadable = { status: 'failed', code: 'OUTPUT_INVALID', step: 'evaluate', staged } as const;
const broken = { status: 'refused', code: 'PARITY_BROKEN', step: 'evaluate', staged } as const;
const file = 'validation_predictions.parquet';

/** What the trained model is said to answer, as the parity gate reads it. */
export const badPredictions: readonly BadInput[] = [
  {
    ...failed,
    title: 'no predictions of the trained model',
    edits: gated,
    code: 'OUTPUT_MISSING',
    says: [`did not write ${file}; it wrote`, 'model.onnx'],
    staged: ['output/1/model.onnx'],
  },
  {
    ...unreadable,
    title: 'predictions that are no Parquet',
    edits: answered('prediction\n0.5\n'),
    says: [`${file}: no magic bytes found`],
  },
  {
    ...unreadable,
    title: 'predictions without their column',
    edits: answered(await parquetOf('select 0.5 as probability')),
    says: [`${file}: the file has no column prediction that can be read; it has probability `],
  },
  {
    ...unreadable,
    title: 'predictions that are text',
    edits: answered(await parquetOf(`select 'yes' as prediction from range(10)`)),
    says: [`${file} has no numeric column "prediction"`, 'one number for each row of parity.parquet'],
  },
  {
    ...broken,
    title: 'predictions for some of the rows',
    edits: answered(await parquetOf('select 0.5::double as prediction from range(3)')),
    says: [/the trained model answered 3 rows, the exported file \d+/],
  },
  {
    ...broken,
    title: 'predictions that are no numbers',
    edits: answered(await parquetOf(`select 'nan'::double as prediction from range(1000)`)),
    says: ['the trained model says nothing, the exported file '],
  },
];
