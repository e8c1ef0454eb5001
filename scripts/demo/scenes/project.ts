import { answered } from '../../../cli/open-client.js';
import type { Scene } from '../demo.js';
import { tell, tellCommand } from '../narrator.js';
import { runRatchet } from '../run-ratchet.js';

export const projectScene: Scene = {
  title: 'A project is a repository',
  about:
    'ratchet.project.yaml names the models, the only data sources they may read, and the members; a policy.yaml beside a model says what a version of it needs.',
  async play(demo) {
    const { client, repository } = demo;
    tellCommand(`project add --repo ${repository.path}`);
    const added = await answered(
      client.POST('/api/v1/projects', { body: { repo: repository.path, ref: 'main' } }),
    );
    tell(
      `project ${added.name} at ${added.commit.slice(0, 12)}: ${added.models.join(', ')}; may read ${added.sources.map(({ name, kind }) => `${name} (${kind})`).join(', ')}`,
    );
    const { policies } = await answered(
      client.GET('/api/v1/projects/{project}/policies', { params: { path: { project: added.name } } }),
    );
    for (const { model, digest } of policies)
      tell(`in force: policy ${digest.slice(0, 12)} of ${model ?? 'the organisation'}, the strict one`);
    await runRatchet(demo, ['member', 'list', demo.project, '--as', 'dana']);
  },
};
