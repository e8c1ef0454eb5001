import { sign } from '@octokit/webhooks-methods';
import { Webhook } from 'standardwebhooks';
import { projectConfig } from '../../domain/config/project.js';
import { deriveHookSecret, type HookSecret } from '../../gateway/hooks/hook-secret.js';
import { type Answer, type GatewayRoom, settings } from './gateway-room.js';

const master = settings.hooks.secret ?? '';
let projects = 0;

export const secretOf = (project: string, from = master): HookSecret => deriveHookSecret(from, project);

/** A project on a repository; its name. */
export async function projectOn({ deps }: GatewayRoom, repo: string): Promise<string> {
  projects += 1;
  const name = `hooked-${projects}`;
  const config = projectConfig({
    version: 1,
    project: name,
    models: [{ name: 'delay', path: 'delay' }],
    sources: {},
  });
  await deps.projects.put({ name, repo, ref: 'main', commit: 'a'.repeat(40), config });
  return name;
}

type Headers = Readonly<Record<string, string>>;

/** Sends bytes to the address of a project, as somebody without a token. */
export function send(room: GatewayRoom, project: string, raw: string, headers: Headers): Promise<Answer> {
  const all = { 'content-type': 'application/json', ...headers };
  return room.ask('post', `/hooks/${project}`, { token: null, raw, headers: all });
}

interface Sent {
  readonly event?: string;
  readonly id?: string;
  /** Signs in the place of the project's secret. */
  readonly secret?: HookSecret;
  readonly headers?: Headers;
}

/** As GitHub sends it, signed by its own library. */
export async function sendGithub(
  room: GatewayRoom,
  project: string,
  payload: object | string,
  { event = 'push', id = '1', secret = secretOf(project), headers = {} }: Sent = {},
): Promise<Answer> {
  const body = typeof payload === 'string' ? payload : JSON.stringify(payload);
  return send(room, project, body, {
    'x-github-event': event,
    'x-github-delivery': id,
    'x-hub-signature-256': await sign(secret.text, body),
    ...headers,
  });
}

/** Headers of Standard Webhooks, by its own library. */
export function standardHeaders(body: string, { bytes }: HookSecret, id: string, at: Date): Headers {
  return {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': new Webhook(`whsec_${bytes.toString('base64')}`).sign(id, at, body),
  };
}
