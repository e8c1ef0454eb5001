import { answered } from '../../../cli/open-client.js';
import type { Demo, Scene } from '../demo.js';
import { tell, tellCommand } from '../narrator.js';
import { runRatchet } from '../run-ratchet.js';

export const projectScene: Scene = {
  title: 'A project is a repository, and its Git host tells of pushes',
  about:
    'ratchet.project.yaml names the models, the only data sources they may read, and the members; a policy.yaml beside a model says what a version of it needs. A bare repository on this machine plays the Git host, and is given a webhook.',
  async play(demo) {
    const { client, project, repository } = demo;
    await runRatchet(demo, ['project', 'add', '--repo', repository.host.path]);
    const { policies } = await answered(
      client.GET('/api/v1/projects/{project}/policies', { params: { path: { project } } }),
    );
    for (const { model, commit } of policies)
      tell(
        `in force: the policy of ${model ?? 'the organisation'} at ${commit.slice(0, 12)}, the strict one`,
      );
    await runRatchet(demo, ['member', 'list', project, '--as', 'dana']);
    await connectHost(demo);
  },
};

/** What a person does on the page of a Git host. The secret is not for the screen. */
async function connectHost({ client, project, repository, stack }: Demo): Promise<void> {
  tellCommand(`hook show ${project}`);
  const params = { path: { project } };
  const { path, secret } = await answered(client.GET('/api/v1/projects/{project}/hook', { params }));
  const address = `${stack.urls['gateway']}${path}`;
  await repository.host.setWebhook({ address, secret });
  tell(`the Git host sends every push to ${address}, signed with the secret that this command shows`);
}
