import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The agreement with Ratchet: what it gives, what it takes, and how it says that the work must stop. */
export function openJob() {
  const input = demanded('RATCHET_INPUT');
  const output = demanded('RATCHET_OUTPUT');
  const params = JSON.parse(readFileSync(join(input, 'params.json'), 'utf8'));
  const checkpoint = join(output, 'checkpoints', 'weights.json');
  mkdirSync(join(output, 'checkpoints'), { recursive: true });
  const digest = createHash('sha256')
    .update(readFileSync(join(input, 'params.json')))
    .update(readFileSync(join(input, 'train.parquet')))
    .digest('hex');
  let stopping = false;
  process.on('SIGTERM', () => {
    stopping = true;
  });
  return {
    params,
    input: (name) => join(input, name),
    output: (name) => join(output, name),
    isStopping: () => stopping,
    /** Adds a line to metrics.jsonl, which the run shows while it is going on. */
    report: (line) => appendFileSync(join(output, 'metrics.jsonl'), `${JSON.stringify(line)}\n`),
    /** The state of an earlier attempt at the same job. */
    loadCheckpoint() {
      if (!existsSync(checkpoint)) return undefined;
      const state = JSON.parse(readFileSync(checkpoint, 'utf8'));
      return state.job === digest ? state : undefined;
    },
    /** Whole or not there: a half-written file has another name. */
    saveCheckpoint(state) {
      writeFileSync(`${checkpoint}.tmp`, JSON.stringify({ job: digest, ...state }));
      renameSync(`${checkpoint}.tmp`, checkpoint);
    },
  };
}

function demanded(name) {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: this program is started by Ratchet`);
  return value;
}
