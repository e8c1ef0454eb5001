import { sign } from '@octokit/webhooks-methods';
import type { ProgramRoom } from './program-room.js';

/** Where webhooks of a project go, and what signs them. */
export interface Hook {
  readonly path: string;
  readonly secret: string;
}

export interface ToldPush {
  /** Of the delivery, as the sender made it. */
  readonly id: string;
  /** Address of the repository. */
  readonly repo: string;
  /** Full name. */
  readonly ref: string;
  readonly before: string;
  readonly after: string;
}

export async function hookOf(room: ProgramRoom, project: string): Promise<Hook> {
  return (await room.ask('GET', `/api/v1/projects/${project}/hook`)).body;
}

/** Tells a gateway of a push, as GitHub does; the status of the answer. Rejects where there is none. */
export async function tellPush(gateway: string, hook: Hook, push: ToldPush): Promise<number> {
  const { id, repo, ref, before, after } = push;
  const body = JSON.stringify({ ref, before, after, repository: { clone_url: repo } });
  const headers = {
    'content-type': 'application/json',
    'x-github-event': 'push',
    'x-github-delivery': id,
    'x-hub-signature-256': await sign(hook.secret, body),
  };
  const answer = await fetch(gateway + hook.path, { method: 'POST', headers, body });
  await answer.text();
  return answer.status;
}

const mostTries = 5;

/** As a sender that tells again, under the same id, where a connection broke before the answer. */
export async function tellUntilAnswered(gateway: string, hook: Hook, push: ToldPush): Promise<number> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await tellPush(gateway, hook, push);
    } catch (error) {
      if (tries === mostTries) throw error;
    }
  }
}
