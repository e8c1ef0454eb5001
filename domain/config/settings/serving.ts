import { z } from 'zod';
import { executionProviders } from '../../serving/execution-provider.js';
import {
  addressShape,
  choiceShape,
  listShape,
  optional,
  setting,
  textShape,
  wholeShape,
} from '../setting.js';

const mebibyte = 1024 ** 2;
const shareShape = z
  .string()
  .regex(/^(1|1\.0+|0?\.\d+)$/, 'a number above 0, at most 1')
  .transform(Number)
  .refine((share) => share > 0, 'a number above 0, at most 1');

/** The data plane: which models answer, where, and within which limits. */
/** `{"source": "sha256 in hex"}`. */
const tokensShape = z
  .string()
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      context.addIssue({ code: 'custom', message: 'JSON' });
      return z.NEVER;
    }
  })
  .pipe(z.record(z.string(), z.string().regex(/^[0-9a-f]{64}$/, '64 hex digits of lower case')));

export const servingSettings = {
  repository: optional({
    variable: 'RATCHET_SERVING_REPOSITORY',
    unit: 'folder',
    about: 'models to serve, each version at <name>/<version>/model.onnx',
    shape: textShape,
  }),
  models: setting('', {
    variable: 'RATCHET_SERVING_MODELS',
    unit: 'list',
    about: 'models of the registry to serve instead, each <project>/<model>@<alias or version>',
    shape: listShape,
  }),
  manifest: optional({
    variable: 'RATCHET_SERVING_MANIFEST',
    unit: 'file',
    about: 'remembers where RATCHET_SERVING_MODELS led; without them it says what to serve',
    shape: textShape,
  }),
  pollMs: setting('2000', {
    variable: 'RATCHET_SERVING_POLL_MS',
    unit: 'ms',
    about: 'how often it is asked where an alias leads, or what the manifest says',
    shape: wholeShape(50, 3_600_000),
  }),
  databaseUrl: optional({
    variable: 'DATABASE_SERVING_URL',
    unit: 'address',
    about: 'Postgres as ratchet_serving, for RATCHET_SERVING_MODELS and RATCHET_SERVING_RECORD',
    shape: addressShape('postgres', 'postgresql'),
  }),
  cacheDir: setting('.ratchet/serving/cache', {
    variable: 'RATCHET_SERVING_CACHE_DIR',
    unit: 'folder',
    about: 'files of registry models by their digest, each proven whenever it is loaded',
    shape: textShape,
  }),
  cacheBytes: setting(String(4096 * mebibyte), {
    variable: 'RATCHET_SERVING_CACHE_BYTES',
    unit: 'bytes',
    about: 'beyond it the files go that were not used for longest; what is served stays',
    shape: wholeShape(1, 1024 * 1024 * mebibyte),
  }),
  defaultModel: optional({
    variable: 'RATCHET_SERVING_DEFAULT_MODEL',
    unit: 'name',
    about: 'model that /predict asks; unset: the only one there is',
    shape: textShape,
  }),
  host: setting('127.0.0.1', {
    variable: 'RATCHET_SERVING_HOST',
    unit: 'host',
    about: 'address the server binds; loopback, since whoever reaches it may ask, load and unload',
    shape: textShape,
  }),
  httpPort: setting('8000', {
    variable: 'RATCHET_SERVING_HTTP_PORT',
    unit: 'port',
    about: 'port of HTTP; 0 picks a free one',
    shape: wholeShape(0, 65_535),
  }),
  grpcPort: setting('8001', {
    variable: 'RATCHET_SERVING_GRPC_PORT',
    unit: 'port',
    about: 'port of gRPC; 0 picks a free one',
    shape: wholeShape(0, 65_535),
  }),
  idleAtEnd: setting('close', {
    variable: 'RATCHET_SERVING_IDLE_AT_END',
    unit: 'close or answer',
    about: 'idle connections after SIGTERM: ended, or answered once more where others take over the address',
    shape: choiceShape('close', 'answer'),
  }),
  executionProvider: setting('cpu', {
    variable: 'RATCHET_SERVING_EXECUTION_PROVIDER',
    unit: 'name',
    about: 'what models run on: cpu, or cuda, which ends the start where a GPU or its libraries are missing',
    shape: z.enum(executionProviders, { error: executionProviders.join(' or ') }),
  }),
  workers: setting('1', {
    variable: 'RATCHET_SERVING_WORKERS',
    unit: 'threads',
    about: 'threads for each version of a model; more than there are cores help nobody',
    shape: wholeShape(1, 256),
  }),
  mostQueuedRows: setting('20000', {
    variable: 'RATCHET_SERVING_MAX_QUEUED_ROWS',
    unit: 'rows',
    about: 'rows that may wait for one version of a model; what comes beyond is refused at once',
    shape: wholeShape(1, 100_000_000),
  }),
  mostBatchRows: setting('256', {
    variable: 'RATCHET_SERVING_MAX_BATCH_ROWS',
    unit: 'rows',
    about: 'rows of several requests that are run together at most',
    shape: wholeShape(1, 1_000_000),
  }),
  timeoutMs: setting('10000', {
    variable: 'RATCHET_SERVING_TIMEOUT_MS',
    unit: 'ms',
    about: 'longest time to an answer of a request that says none',
    shape: wholeShape(1, 3_600_000),
  }),
  mostBodyBytes: setting(String(64 * mebibyte), {
    variable: 'RATCHET_SERVING_MAX_BODY_BYTES',
    unit: 'bytes',
    about: 'longest body of a request, and longest line of a stream',
    shape: wholeShape(1024, 1024 * mebibyte),
  }),
  mostRunMs: setting('60000', {
    variable: 'RATCHET_SERVING_MAX_RUN_MS',
    unit: 'ms',
    about: 'longest time to load a model, and of one run of it',
    shape: wholeShape(1, 3_600_000),
  }),
  recording: setting('off', {
    variable: 'RATCHET_SERVING_RECORD',
    unit: 'on or off',
    about: 'whether answers are recorded; on needs a folder for the spool and DATABASE_SERVING_URL',
    shape: choiceShape('on', 'off'),
  }),
  spoolDir: optional({
    variable: 'RATCHET_SERVING_SPOOL_DIR',
    unit: 'folder',
    about: 'where records wait for the database; of one server alone, on a disk that outlives it',
    shape: textShape,
  }),
  spoolBytes: setting(String(1024 * mebibyte), {
    variable: 'RATCHET_SERVING_SPOOL_BYTES',
    unit: 'bytes',
    about: 'most that may wait; a million rows of 12 numbers are some 150 MB',
    shape: wholeShape(mebibyte, 1024 * 1024 * mebibyte),
  }),
  spoolFull: setting('drop-and-count', {
    variable: 'RATCHET_SERVING_SPOOL_FULL',
    unit: 'drop-and-count or refuse',
    about: 'where the spool is full: answer without recording, or do not answer',
    shape: choiceShape('drop-and-count', 'refuse'),
  }),
  recordMask: setting('', {
    variable: 'RATCHET_SERVING_RECORD_MASK',
    unit: 'list',
    about: 'inputs of which a digest with RATCHET_SERVING_MASK_KEY is recorded in place of the value',
    shape: listShape,
  }),
  recordDrop: setting('', {
    variable: 'RATCHET_SERVING_RECORD_DROP',
    unit: 'list',
    about: 'inputs that are not recorded',
    shape: listShape,
  }),
  recordColumns: setting('', {
    variable: 'RATCHET_SERVING_RECORD_COLUMNS',
    unit: 'list',
    about: 'names of the places of a model with one wide input, for the two above',
    shape: listShape,
  }),
  recordSample: setting('1', {
    variable: 'RATCHET_SERVING_RECORD_SAMPLE',
    unit: 'share',
    about: 'share of the predictions that is recorded, chosen by their ids',
    shape: shareShape,
  }),
  sourceTokens: setting('{}', {
    variable: 'RATCHET_SERVING_SOURCE_TOKENS',
    unit: 'JSON',
    about: 'SHA-256 of the token that a source of feedback must show, in hex, by the name of the source',
    shape: tokensShape,
  }),
  maskKey: optional({
    variable: 'RATCHET_SERVING_MASK_KEY',
    unit: 'secret',
    about: 'key of the digests of masked inputs, of at least 16 characters',
    shape: z.string().min(16, 'at least 16 characters'),
  }),
  modelMemoryBytes: setting(String(2048 * mebibyte), {
    variable: 'RATCHET_SERVING_MODEL_MEMORY_BYTES',
    unit: 'bytes',
    about: 'memory of the process in which a model is tried before it is served',
    shape: wholeShape(256 * mebibyte, 1024 * 1024 * mebibyte),
  }),
  application: optional({
    variable: 'RATCHET_SERVING_APPLICATION',
    unit: 'folder',
    about: 'built serving application that answers /predict; unset: that of the manifest, or the stock one',
    shape: textShape,
  }),
  applicationMemoryMiB: setting('256', {
    variable: 'RATCHET_SERVING_APP_MEMORY_MIB',
    unit: 'MiB',
    about: 'memory of the thread of a serving application; one that takes more is started anew',
    shape: wholeShape(16, 65_536),
  }),
  applicationBlockMs: setting('2000', {
    variable: 'RATCHET_SERVING_APP_BLOCK_MS',
    unit: 'ms',
    about: 'how long a serving application may hold up its thread before it is started anew',
    shape: wholeShape(10, 600_000),
  }),
};
