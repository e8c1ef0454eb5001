import type { EndpointName } from '../../../domain/ports/deployment-target.js';

/** Two things are not done to one endpoint at once. */
export function oneAtATime() {
  const last = new Map<string, Promise<unknown>>();
  return <T>({ project, endpoint }: EndpointName, work: () => Promise<T>): Promise<T> => {
    const key = `${project}/${endpoint}`;
    const done = (last.get(key) ?? Promise.resolve()).then(work, work);
    last.set(key, done);
    return done;
  };
}
