import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import openapiTS, { astToString } from 'openapi-typescript';
import { describedApi } from './described-api.js';

const target = join(import.meta.dirname, '../..', 'cli/generated/api.ts');
const heading =
  '/* Generated from the OpenAPI document of the gateway by `npx tsx scripts/docs/api-client.ts`. */\n';

/** The types of the command line's client. */
export async function generateApiClient(): Promise<string> {
  const document = describedApi();
  return heading + astToString(await openapiTS(JSON.parse(JSON.stringify(document))));
}

if (process.argv[1] === import.meta.filename) {
  await mkdir(dirname(target), { recursive: true });
  await writeFile(target, await generateApiClient());
}
