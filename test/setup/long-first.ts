import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * Files of a minute and more, in the order in which they begin: those that wait for a Docker engine beside those that
 * compute, and the two that need the one swarm after each other. A long one that began last would be waited for alone.
 */
const long = [
  'test/engine/swarm-target',
  'test/examples/trainers',
  'test/activities/data/build-dataset',
  'test/chaos/votes',
  'test/chaos/chaos',
  'test/engine/docker-target',
  'test/containers/releases',
  'test/engine/pushed-image',
  'test/serving/supervisor/supervisor',
  'test/stack/crash',
  'test/bad-input/bad-input',
  'test/workers/releases',
];

/** The long files first, then all others as Vitest would have them. */
export class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted.toSorted((a, b) => rankOf(a) - rankOf(b));
  }
}

function rankOf({ moduleId }: TestSpecification): number {
  const at = long.findIndex((file) => moduleId.endsWith(`/${file}.test.ts`));
  return at < 0 ? long.length : at;
}
