import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { workflowIds } from '../../domain/names.js';
import { until } from '../../scripts/soak/chaos/until.js';
import { type GitServer, gitAuthority, serveRepositories } from './git-server.js';
import { openProgramRoom, type ProgramRoom } from './program-room.js';
import { byWebhookAlone, createPushedProject, type PushedProject } from './pushed-project.js';
import { hookOf, tellUntilAnswered } from './tell-push.js';

const patienceMs = 200_000;
const eventName = 'com.example.prices.updated.v2';
const triggers = `\ntriggers:\n  events:\n    ${eventName}: { filter: "payload.rows > 2" }\n`;

let room: ProgramRoom;
let server: GitServer;
let served: PushedProject;
let local: PushedProject;
beforeAll(async () => {
  room = await openProgramRoom({
    RATCHET_HOOK_SECRET: 'a-secret-of-hooks-that-is-long-enough',
    RATCHET_GIT_ALLOWED_HOSTS: 'localhost',
    RATCHET_GIT_CA_FILE: gitAuthority,
    RATCHET_GIT_TIMEOUT_MS: '5000',
  });
  const folder = join(room.stateDir, 'bare');
  await mkdir(folder);
  server = await serveRepositories(folder);
  await room.start('orchestrator');
  const newProject = (project: string, repo: string) =>
    createPushedProject(room, project, {
      folder,
      repo,
      edits: {
        'ratchet.project.yaml': (text) =>
          text.replace(/^project: .*$/m, `project: ${project}`) + byWebhookAlone,
        'models/tiny/ratchet.yaml': (text) => text + triggers,
      },
    });
  served = await newProject('served', `${server.url}/served.git`);
  local = await newProject('local', join(folder, 'local.git'));
});
afterAll(async () => {
  await room.close();
  await server.close();
});

const eventsOf = async (project: string, after: string) => {
  const { events } = await room.stores.triggers.list({ project });
  return events.filter(({ key }) => key.includes(after));
};

describe('the inbox of webhooks', { timeout: 300_000 }, () => {
  it('goes on for other projects while a repository does not answer, which is then handled by itself', async () => {
    const [quiet, heard] = await Promise.all([
      served.push({ 'training/train.py': '# into the silence\n' }),
      local.push({ 'training/train.py': '# as ever\n' }),
    ]);
    const speak = server.fallSilent();
    const { repo } = served;
    const before = '1'.repeat(40);
    const push = { id: randomUUID(), repo, ref: 'refs/heads/main', before, after: quiet };
    expect(await tellUntilAnswered(room.url, await hookOf(room, 'served'), push)).toBe(202);
    const delivery = async () =>
      (await room.stores.deliveries.list('served', 200)).find(({ id }) => id === `github:${push.id}`);
    await until('the repository is asked', patienceMs, async () => {
      const { raw } = await room.client.workflow.getHandle(workflowIds.handleDeliveries()).describe();
      return raw.pendingActivities?.find(({ activityType }) => activityType?.name === 'readHead');
    });
    expect((await local.tell(heard)).result).toContain('trains tiny');
    expect(await delivery()).toMatchObject({ status: 'pending' });
    speak();
    const handled = await until('it is handled', patienceMs, async () => {
      const found = await delivery();
      return found?.status === 'pending' ? undefined : found;
    });
    expect(handled.result).toContain('trains tiny');
  });

  it('keeps both events of a push of training and serving code of one model', async () => {
    const files = { 'training/train.py': '# both\n', 'models/tiny/serving/app.py': '# both\n' };
    const head = await local.push(files);
    await local.tell(head);
    const events = await eventsOf('local', head);
    const byKey = new Map(events.map(({ key, outcome, facts }) => [key, { outcome, facts }]));
    expect([...byKey.keys()].toSorted()).toEqual([`push:${head}`, `push:${head}:serving`]);
    expect(byKey.get(`push:${head}`)?.facts).toMatchObject({ paths: ['training/train.py'] });
    expect(byKey.get(`push:${head}:serving`)).toMatchObject({
      facts: { paths: ['models/tiny/serving/app.py'] },
      outcome: { kind: 'suppressed', rule: 'no-pipeline' },
    });
  });

  it('takes a CloudEvent whose type has dots as the event that a model declares', async () => {
    const id = randomUUID();
    const answer = await fetch(`${room.url}/api/v1/projects/local/events`, {
      method: 'POST',
      headers: {
        authorization: 'Bearer the-token-of-this-room',
        'content-type': 'application/cloudevents+json',
      },
      body: JSON.stringify({
        ...{ specversion: '1.0', id, source: 'https://example.com/prices', type: eventName },
        data: { rows: 3 },
      }),
    });
    expect(answer.status).toBe(202);
    const event = await until('its event', patienceMs, async () => {
      const { events } = await room.stores.triggers.list({ project: 'local', kind: 'event' });
      return events.find(({ facts }) => facts.kind === 'event' && facts.id === id);
    });
    expect(event.facts).toMatchObject({ name: eventName });
    expect(event.outcome?.kind).not.toBe('suppressed');
  });

  it('forgets what was handled more than thirty days ago, by a schedule of the platform', async () => {
    const [oldest] = await room.stores.deliveries.list('local', 1);
    const sql = postgres(room.ownerUrl, { max: 1 });
    const age = `update deliveries set handled_at = now() - interval '31 days' where id = $1`;
    await sql.unsafe(age, [oldest?.id ?? '']);
    await sql.end();
    const kept = (await room.stores.deliveries.list('local', 200)).length;
    await room.client.schedule.getHandle(workflowIds.platform('forget-deliveries')).trigger();
    const left = await until('it is forgotten', patienceMs, async () => {
      const found = await room.stores.deliveries.list('local', 200);
      return found.some(({ id }) => id === oldest?.id) ? undefined : found;
    });
    expect(left).toHaveLength(kept - 1);
  });
});
