import { answered } from './answered.js';
import { followToEnd } from './follow-to-end.js';
import type { ApiClient } from './open-client.js';
import { printJson, printLine } from './print.js';
import { printRelease } from './release-print.js';
import { runFailure } from './run-failure.js';
import { stepLine } from './run-watch.js';

/** Follows a release to its end. An end that is no success is an error. */
export async function watchRelease(client: ApiClient, id: string, json: boolean): Promise<void> {
  const release = await followToEnd(
    () => answered(client.GET('/api/v1/releases/{id}', { params: { path: { id } } })),
    ({ steps }) => steps.map((step) => [step.name, stepLine(step)]),
    (line) => {
      if (!json) printLine(line);
    },
  );
  if (json) printJson(release);
  else {
    printLine();
    printRelease(release);
  }
  const failure = runFailure(release, 'release');
  if (failure) throw failure;
}
