import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { movesOf, sendWebhook, webhookSchema } from './webhook.js';

/**
 * What the `post-receive` hook of a repository runs: tells of every branch that moved, and says to whoever pushed what was
 * answered. The argument is a file with the webhook.
 */
async function main(file: string): Promise<void> {
  const webhook = webhookSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  for (const move of movesOf(await text(process.stdin))) {
    const { status, text: said } = await sendWebhook(webhook, move);
    process.stdout.write(`webhook to ${webhook.address}: ${status} ${said}\n`);
    if (status !== 202) process.exitCode = 1;
  }
}

main(process.argv[2] ?? '').catch((error: unknown) => {
  process.stderr.write(`webhook: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
