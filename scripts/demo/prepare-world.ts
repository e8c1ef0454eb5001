import { chmod, mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findInterpreter } from '../../activities/adapters/environments/python-interpreter.js';
import type { RunningStack } from '../../stack/start-stack.js';
import { loadConfig } from '../../temporal.config.js';
import {
  type CompanyData,
  type CompanyDataOptions,
  demoBeginsAt,
  prepareCompanyData,
  worldEndsAt,
} from './company-data.js';
import { letterSecrets } from './edits.js';
import { createDemoRepository, type DemoRepository } from './git-repository.js';
import type { LetterBox } from './letter-box.js';

/** The world a demo plays in: a company database, a data lake, secrets, and a repository with a project of its own. */
export async function prepareWorld(
  stack: RunningStack,
  letters: LetterBox,
  tell: (text: string) => void,
): Promise<{ readonly project: string; readonly repository: DemoRepository }> {
  const company = await loadCompany(stack, demoBeginsAt);
  tell(
    `the company database has ${company.flights} flights up to ${demoBeginsAt}, the data lake has ${company.objects.length} files`,
  );
  await writeSecrets(stack, { [letterSecrets.url]: letters.url, [letterSecrets.key]: letters.secret });
  const folder = join(stack.stateDir, 'demo', 'repositories');
  const project = await nextProject(folder);
  const repository = await createDemoRepository(join(folder, project), project);
  return { project, repository };
}

/** The company's data up to a day, with the secrets by which the platform reads them. A later day adds to an earlier one. */
export async function loadCompany(stack: RunningStack, upTo: string): Promise<CompanyData> {
  const company = await prepareCompanyData({ ...(await placeOf(stack)), upTo });
  await writeSecrets(stack, company.secrets);
  return company;
}

/** A world beside the company's, which goes on to its end. The platform has no secret of it. */
export async function loadWorld(stack: RunningStack): Promise<CompanyData & { readonly bucket: string }> {
  const names = { database: 'world', bucket: 'world' };
  const world = await prepareCompanyData({ ...(await placeOf(stack)), names, upTo: worldEndsAt });
  return { ...world, bucket: names.bucket };
}

async function placeOf(stack: RunningStack): Promise<Omit<CompanyDataOptions, 'upTo'>> {
  const { endpoint, region, accessKey, secretKey } = loadConfig(stack.env).blobs;
  const { admin } = stack.database;
  if (admin === null)
    throw new Error('the demo needs the embedded Postgres: it makes a database that plays the company');
  return {
    folder: join(stack.stateDir, 'demo', 'data'),
    python: (await findInterpreter()).path,
    adminUrl: admin,
    s3: { endpoint, region, accessKeyId: accessKey, secretAccessKey: secretKey },
  };
}

async function writeSecrets(stack: RunningStack, secrets: Readonly<Record<string, string>>): Promise<void> {
  const { secretsDir } = loadConfig(stack.env).state;
  await mkdir(secretsDir, { recursive: true, mode: 0o700 });
  for (const [name, value] of Object.entries(secrets)) {
    const path = join(secretsDir, name);
    await writeFile(path, value, { mode: 0o600 });
    await chmod(path, 0o600);
  }
}

/** Every demo is a project of its own on the same state. */
async function nextProject(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  const taken = new Set(await readdir(folder));
  let count = 1;
  while (taken.has(`flights-${count}`)) count += 1;
  return `flights-${count}`;
}
