import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * Files of a minute and more, in the order in which they begin: those that wait for a Docker engine beside those that
 * compute. A long one that began last would be waited for alone.
 */
const long = [
  'test/containers/releases',
  'test/examples/trainers',
  'test/chaos/votes',
  'test/activities/data/build-dataset',
  'test/chaos/chaos',
  'test/engine/swarm-target',
  'test/serving/supervisor/supervisor',
  'test/stack/crash',
  'test/serving/supervisor/process-target',
];

/** The long files of a group first, then all others as Vitest would have them. */
export class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted.toSorted((a, b) => groupOf(a) - groupOf(b) || rankOf(a) - rankOf(b));
  }
}

const groupOf = ({ project }: TestSpecification): number => project.config.sequence.groupOrder;

function rankOf({ moduleId }: TestSpecification): number {
  const at = long.findIndex((file) => moduleId.endsWith(`/${file}.test.ts`));
  return at < 0 ? long.length : at;
}
