import type { EndpointRecord } from '../ports/endpoints.js';
import { differingKeys } from './differing-keys.js';
import type { PlannedChange } from './project-plan.js';

type Declared = Pick<EndpointRecord, 'endpoint' | 'model' | 'config'>;

/** What becomes of endpoints: those that a commit declares anew, otherwise or no more, and whose serving code it changes. */
export function plannedEndpoints(
  known: readonly EndpointRecord[],
  declared: readonly Declared[],
  released: readonly string[],
): readonly PlannedChange[] {
  const inForce = known.filter(({ retiredAt }) => retiredAt === null);
  const names = new Set(declared.map(({ endpoint }) => endpoint));
  const gone = inForce.filter(({ endpoint }) => !names.has(endpoint));
  return [
    ...declared.flatMap((wanted) => {
      const before = inForce.find(({ endpoint }) => endpoint === wanted.endpoint);
      return plannedOf(wanted, before, released.includes(wanted.endpoint));
    }),
    ...gone.map(({ endpoint }) => changeOf(endpoint, 'remove', 'no ratchet.yaml declares it: it ends')),
  ];
}

function plannedOf(
  wanted: Declared,
  before: EndpointRecord | undefined,
  isReleased: boolean,
): PlannedChange[] {
  const { endpoint, model } = wanted;
  if (before === undefined) return [changeOf(endpoint, 'create', `it answers with the champion of ${model}`)];
  const differing = [
    ...(before.model === model ? [] : [`model ${before.model} becomes ${model}`]),
    ...differingKeys(before.config, wanted.config).map((key) => `${key} is another`),
    ...(isReleased ? ['its serving code changed'] : []),
  ];
  if (differing.length === 0) return [];
  return [changeOf(endpoint, 'update', `${differing.join(', ')}: it is released again`)];
}

const changeOf = (name: string, change: PlannedChange['change'], because: string): PlannedChange => ({
  ...{ part: 'endpoint', name, change, because, asks: false },
});
