import { chmod, mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findInterpreter } from '../../activities/adapters/environments/python-interpreter.js';
import type { RunningStack } from '../../stack/start-stack.js';
import { loadConfig } from '../../temporal.config.js';
import { demoBeginsAt, prepareCompanyData } from './company-data.js';
import { letterSecrets } from './edits.js';
import { createDemoRepository, type DemoRepository } from './git-repository.js';
import type { LetterBox } from './letter-box.js';

/** The world a demo plays in: a company database, a data lake, secrets, and a repository with a project of its own. */
export async function prepareWorld(
  stack: RunningStack,
  letters: LetterBox,
  tell: (text: string) => void,
): Promise<{ readonly project: string; readonly repository: DemoRepository }> {
  const config = loadConfig(stack.env);
  const folder = join(stack.stateDir, 'demo');
  const { admin } = stack.database;
  if (admin === null)
    throw new Error('the demo needs the embedded Postgres: it makes a database that plays the company');
  const company = await prepareCompanyData({
    folder: join(folder, 'data'),
    python: (await findInterpreter()).path,
    adminUrl: admin,
    s3: {
      endpoint: config.blobs.endpoint,
      region: config.blobs.region,
      accessKeyId: config.blobs.accessKey,
      secretAccessKey: config.blobs.secretKey,
    },
    upTo: demoBeginsAt,
  });
  tell(
    `the company database has ${company.flights} flights up to ${demoBeginsAt}, the data lake has ${company.objects.length} files`,
  );
  await mkdir(config.state.secretsDir, { recursive: true, mode: 0o700 });
  const secrets = {
    ...company.secrets,
    [letterSecrets.url]: letters.url,
    [letterSecrets.key]: letters.secret,
  };
  for (const [name, value] of Object.entries(secrets))
    await writeSecret(join(config.state.secretsDir, name), value);
  const project = await nextProject(join(folder, 'repositories'));
  const repository = await createDemoRepository(join(folder, 'repositories', project), project);
  return { project, repository };
}

async function writeSecret(path: string, value: string): Promise<void> {
  await writeFile(path, value, { mode: 0o600 });
  await chmod(path, 0o600);
}

/** Every demo is a project of its own on the same state. */
async function nextProject(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  const taken = new Set(await readdir(folder));
  let count = 1;
  while (taken.has(`flights-${count}`)) count += 1;
  return `flights-${count}`;
}
