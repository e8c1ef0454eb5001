import { answered } from '../../cli/open-client.js';
import type { Demo } from './demo.js';
import { until } from './until.js';

const model = 'late-arrival';

/** Waits until people are asked about a version of the main model. */
export async function askedAbout({ client, project }: Demo, version: number): Promise<void> {
  const query = { project, status: 'open' } as const;
  await until(`two reviewers are asked about version ${version}`, async () => {
    const { approvals } = await answered(client.GET('/api/v1/approvals', { params: { query } }));
    return approvals.find(({ subject }) => subject === `${model}@${version}`);
  });
}

/** Waits until a version of the main model is champion. */
export async function championIs({ client, project }: Demo, version: number): Promise<void> {
  const params = { path: { project, model }, query: {} };
  await until(`version ${version} is champion`, async () => {
    const { live } = await answered(client.GET('/api/v1/models/{project}/{model}/live', { params }));
    return live?.version.version === version ? true : undefined;
  });
}
