import { createHmac, randomUUID } from 'node:crypto';
import { z } from 'zod';

/** What a Git host is told where a repository gets a webhook. */
export const webhookSchema = z.strictObject({
  /** Where pushes are told of. */
  address: z.string(),
  secret: z.string(),
  /** Address of the repository, as the project has it. */
  repository: z.string(),
});
export type Webhook = z.infer<typeof webhookSchema>;

/** A branch that moved, by full ids; zeros stand for none. */
export interface Move {
  readonly before: string;
  readonly after: string;
  readonly ref: string;
}

/** What Git says to a `post-receive` hook: `<before> <after> <ref>`, a line each. */
export function movesOf(text: string): readonly Move[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [before = '', after = '', ref = ''] = line.split(' ');
      return { before, after, ref };
    });
}

/** Tells of a push as Gitea does, signed over the bytes that are sent. The status and the text of the answer. */
export async function sendWebhook(
  { address, secret, repository }: Webhook,
  { before, after, ref }: Move,
): Promise<{ readonly status: number; readonly text: string }> {
  const body = JSON.stringify({ ref, before, after, repository: { clone_url: repository } });
  const headers = {
    'content-type': 'application/json',
    'x-gitea-event': 'push',
    'x-gitea-delivery': randomUUID(),
    'x-gitea-signature': createHmac('sha256', secret).update(body).digest('hex'),
  };
  const answer = await fetch(address, { method: 'POST', headers, body });
  return { status: answer.status, text: await answer.text() };
}
