import { chmod, cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll } from 'vitest';
import { createEnvironments } from '../../../../activities/adapters/environments/create-environments.js';
import type {
  ApplicationDeps,
  ApplicationWork,
} from '../../../../activities/serving/application/application-work.js';
import { makeRunPlace, type RunPlace } from '../../adapters/launcher/run-place.js';

const template = fileURLToPath(new URL('../../../../examples/serving-template', import.meta.url));

/** The real launcher and environments, and folders with applications, which are taken away after the file. */
export function applicationRoom() {
  let place: RunPlace;
  let deps: ApplicationDeps;
  let fence = 0;
  beforeAll(async () => {
    place = await makeRunPlace();
    deps = { launcher: place.launcher, environments: createEnvironments({ stateDir: place.stateDir }) };
  });
  afterAll(() => place.remove());

  async function folder(): Promise<string> {
    const made = await mkdtemp(join(place.base, 'work-'));
    await chmod(made, 0o755);
    return made;
  }

  /** The template with some files in place of its own; null takes one away. */
  async function source(files: Readonly<Record<string, string | null>> = {}): Promise<string> {
    const made = await folder();
    await cp(template, made, { recursive: true });
    for (const [name, text] of Object.entries(files)) {
      const path = join(made, name);
      await mkdir(dirname(path), { recursive: true });
      if (text === null) await rm(path);
      else await writeFile(path, text);
    }
    return made;
  }

  async function work(signal = new AbortController().signal): Promise<ApplicationWork & { logFile: string }> {
    fence += 1;
    const made = await folder();
    return { folder: made, launch: { key: 'release/test', fence }, signal, logFile: join(made, 'log.txt') };
  }

  return { deps: () => deps, stateDir: () => place.stateDir, source, work };
}

/** An application of one number in and one out, with these steps. */
export function oneNumber(steps: {
  readonly preprocess?: string;
  readonly postprocess?: string;
  readonly top?: string;
}): string {
  return `${steps.top ?? ''}
export const application = {
  api: { version: '1.0', input: { a: { type: 'number' } }, output: { y: { type: 'number' } } },
  metrics: { asked: { kind: 'counter', help: 'Rows.', labels: { sign: ['plus', 'minus'] } } },
  examples: [{ a: 1 }],
  preprocess(row, context) { ${steps.preprocess ?? 'return { x: row.a };'} },
  postprocess(prediction, context) { ${steps.postprocess ?? 'return { y: prediction };'} },
};
`;
}
