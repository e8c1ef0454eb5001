import { sign } from '@octokit/webhooks-methods';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createInboxWaker } from '../../gateway/hooks/wake-inbox.js';
import { type GatewayRoom, openGatewayRoom, settings } from './gateway-room.js';
import { bitbucketMany, bitbucketPush } from './hooks/samples/bitbucket.js';
import { giteaHeaders, giteaPush } from './hooks/samples/gitea.js';
import { githubSamples } from './hooks/samples/github.js';
import { gitlabPush } from './hooks/samples/gitlab.js';
import { projectOn, secretOf, send, sendGithub, standardHeaders } from './send-hook.js';

const nowMs = Date.parse('2026-03-01T06:00:00.000Z');
const now = new Date(nowMs);
let room: GatewayRoom;
let project: string;
beforeAll(async () => {
  room = await openGatewayRoom({ settings: { now: () => nowMs } });
  project = await projectOn(room, 'https://github.com/acme/flights');
});
afterAll(() => room.close());

const repository = { clone_url: 'https://github.com/acme/flights.git' };
const push = { ref: 'refs/heads/main', before: 'b'.repeat(40), after: 'a'.repeat(40), repository };
const stored = (id: string, at = project) =>
  room.deps.deliveries.list(at, 1000).then((all) => all.find((one) => one.id === id));

describe('a webhook', () => {
  it('is stored, answered with 202, and the inbox is woken', async () => {
    const woken = room.wakes();
    const { status, body } = await sendGithub(room, project, push, { id: 'first' });
    expect([status, body]).toEqual([202, { id: 'github:first', repeated: false }]);
    expect(await stored('github:first')).toMatchObject({
      project,
      form: 'github',
      content: { kind: 'push', ref: 'refs/heads/main', before: 'b'.repeat(40), after: 'a'.repeat(40) },
      status: 'pending',
    });
    expect(room.wakes()).toBe(woken + 1);
  });

  it('is one row, however often it is played back', async () => {
    const answers = [];
    for (let at = 0; at < 100; at += 1) answers.push(await sendGithub(room, project, push, { id: 'again' }));
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 202));
    expect(answers.filter(({ body }) => !body.repeated)).toHaveLength(1);
    expect(await stored('github:again')).toMatchObject({ repeats: 99, status: 'pending' });
  });

  it('of a known id with another body is not believed, and the row stays as it is', async () => {
    await sendGithub(room, project, push, { id: 'kept' });
    const signature = await sign(secretOf(project).text, JSON.stringify(push));
    const altered = { ...push, after: 'c'.repeat(40) };
    const headers = { 'x-hub-signature-256': signature };
    expect((await sendGithub(room, project, altered, { id: 'kept', headers })).status).toBe(401);
    expect(await stored('github:kept')).toMatchObject({ repeats: 0, content: { after: push.after } });
  });

  it.each(
    githubSamples
      .filter(({ name }) => name === 'push' || name === 'ping')
      .map(({ name, payload }, at) => [name, at, payload] as const),
  )('of GitHub is taken as it was recorded: %s %i', async (event, at, payload) => {
    const { clone_url: repo = 'https://github.com/acme/any' } = (payload['repository'] ?? {}) as {
      readonly clone_url?: string;
    };
    const own = await projectOn(room, repo);
    const { status, body } = await sendGithub(room, own, payload, { event, id: String(at) });
    expect([status, body]).toEqual([202, { id: `github:${at}`, repeated: false }]);
  });

  it('of Gitea, GitLab and Bitbucket is taken by their own headers', async () => {
    const gitea = await projectOn(room, 'ssh://git@gitea.example.org:2222/acme/flights');
    const giteaBody = JSON.stringify(giteaPush);
    const giteaSignature = (await sign(secretOf(gitea).text, giteaBody)).replace('sha256=', '');
    const asGitea = await send(room, gitea, giteaBody, {
      ...giteaHeaders('push', 'g1'),
      'x-gitea-signature': giteaSignature,
    });
    expect([asGitea.status, asGitea.body.id]).toEqual([202, 'gitea:g1']);

    const gitlab = await projectOn(room, 'git@gitlab.example.org:acme/flights.git');
    const gitlabHeaders = { 'x-gitlab-event': 'Push Hook', 'idempotency-key': 'l1' };
    const asToken = await send(room, gitlab, JSON.stringify(gitlabPush), {
      ...gitlabHeaders,
      'x-gitlab-token': secretOf(gitlab).text,
    });
    expect([asToken.status, asToken.body.id]).toEqual([202, 'gitlab:l1']);
    const signed = standardHeaders(JSON.stringify(gitlabPush), secretOf(gitlab), 'l1', now);
    const asSigned = await send(room, gitlab, JSON.stringify(gitlabPush), { ...gitlabHeaders, ...signed });
    expect([asSigned.status, asSigned.body]).toEqual([202, { id: 'gitlab:l1', repeated: true }]);

    const bitbucket = await projectOn(room, 'https://bitbucket.org/acme/flights.git');
    const sendBitbucket = async (payload: object, id: string) =>
      send(room, bitbucket, JSON.stringify(payload), {
        'x-event-key': 'repo:push',
        'x-request-uuid': id,
        'x-hub-signature': await sign(secretOf(bitbucket).text, JSON.stringify(payload)),
      });
    expect(await sendBitbucket(bitbucketPush, 'b1')).toMatchObject({
      status: 202,
      body: { id: 'bitbucket:b1' },
    });
    expect((await sendBitbucket(bitbucketMany, 'b2')).body).toEqual({ id: 'bitbucket:b2', repeated: false });
    expect((await sendBitbucket(bitbucketMany, 'b2')).body).toEqual({ id: 'bitbucket:b2', repeated: true });
    const rows = await room.deps.deliveries.list(bitbucket, 10);
    expect(rows.map(({ id, repeats }) => [id, repeats]).toSorted()).toEqual([
      ['bitbucket:b1', 0],
      ['bitbucket:b2', 1],
      ['bitbucket:b2/1', 1],
    ]);
  });

  it('of Standard Webhooks, and a CloudEvent that is signed by it, is an event', async () => {
    const body = JSON.stringify({ type: 'prices-in', data: { rows: 3 } });
    const one = await send(room, project, body, standardHeaders(body, secretOf(project), 'msg-1', now));
    expect([one.status, one.body.id]).toEqual([202, 'standard-webhooks:msg-1']);
    const event = JSON.stringify({
      specversion: '1.0',
      id: '1',
      source: '/prices',
      type: 'prices-in',
      data: 7,
    });
    const two = await send(room, project, event, {
      'content-type': 'application/cloudevents+json',
      ...standardHeaders(event, secretOf(project), 'msg-2', now),
    });
    expect([two.status, two.body.id]).toEqual([202, 'cloudevents:/prices 1']);
    expect(await stored('cloudevents:/prices 1')).toMatchObject({
      form: 'cloudevents',
      content: { kind: 'event', name: 'prices-in', source: '/prices', id: '1', payload: 7 },
    });
    for (const minutes of [-6, 6]) {
      const at = new Date(nowMs + minutes * 60_000);
      expect(
        (await send(room, project, body, standardHeaders(body, secretOf(project), 'x', at))).status,
      ).toBe(401);
    }
  });

  it('of a fork, a pull request, a tag and a renamed branch starts nothing', async () => {
    const kindOf = async (id: string) => (await stored(`github:${id}`))?.content;
    const fork = { ...push, repository: { clone_url: 'https://github.com/mallory/flights.git' } };
    expect((await sendGithub(room, project, fork, { id: 'fork' })).status).toBe(404);
    expect(await stored('github:fork')).toBeUndefined();
    await sendGithub(room, project, { repository, pull_request: {} }, { event: 'pull_request', id: 'pr' });
    expect(await kindOf('pr')).toEqual({ kind: 'other', what: 'pull_request' });
    await sendGithub(room, project, { ...push, ref: 'refs/tags/v1' }, { id: 'tag' });
    expect(await kindOf('tag')).toEqual({ kind: 'other', what: 'push of refs/tags/v1' });
    await sendGithub(
      room,
      project,
      { repository, ref: 'x' },
      { event: 'branch_protection_rule', id: 'rule' },
    );
    expect(await kindOf('rule')).toMatchObject({ kind: 'other' });
  });

  it('is known by a digest where its sender calls it by something long', async () => {
    const { status, body } = await sendGithub(room, project, push, { id: 'x'.repeat(200) });
    expect([status, body.id]).toEqual([202, expect.stringMatching(/^github:sha256-[0-9a-f]{64}$/)]);
    expect(await stored(body.id)).toBeDefined();
  });
});

describe('a webhook that is not believed', () => {
  it('is answered alike for a wrong signature and for a project that is not there', async () => {
    const wrong = await sendGithub(room, project, push, { secret: secretOf('another') });
    const nowhere = await sendGithub(room, 'nowhere', push, { secret: secretOf('another') });
    const known = await sendGithub(room, 'nowhere', push);
    expect([wrong.status, wrong.body.error.code]).toEqual([401, 'UNAUTHENTICATED']);
    expect(nowhere.text).toBe(wrong.text);
    expect(known.text).toBe(wrong.text);
    expect(wrong.text).not.toContain(secretOf(project).text);
  });

  it('says so where no header tells a sender, whatever token comes along', async () => {
    const { status, body } = await send(room, project, '{}', {});
    expect([status, body.error.message]).toEqual([
      401,
      'the webhook is not believed: no header says which sender this is',
    ]);
    const asked = { raw: '{}', headers: { 'content-type': 'application/json' } };
    expect((await room.ask('post', `/hooks/${project}`, asked)).status).toBe(401);
  });

  it('is every one of which a bit is another', async () => {
    const body = JSON.stringify(push);
    const signature = await sign(secretOf(project).text, body);
    const bytes = Buffer.from(body);
    const before = (await room.deps.deliveries.list(project, 1000)).length;
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: bytes.length * 7 - 1 }), async (bit) => {
        const copy = Buffer.from(bytes);
        const at = Math.floor(bit / 7);
        copy[at] = (copy[at] ?? 0) ^ (1 << (bit % 7));
        const headers = { 'x-hub-signature-256': signature };
        const { status } = await sendGithub(room, project, copy.toString('latin1'), { id: 'bit', headers });
        expect(status).toBe(401);
      }),
      { numRuns: 200 },
    );
    expect(await room.deps.deliveries.list(project, 1000)).toHaveLength(before);
  });

  it('is one that an older secret signed, once there are two newer ones', async () => {
    const from = (master: string | undefined) => ({ id: 'turned', secret: secretOf(project, master ?? '') });
    const { secret, secretBefore } = settings.hooks;
    expect((await sendGithub(room, project, push, from(secret))).status).toBe(202);
    expect((await sendGithub(room, project, push, from(secretBefore))).status).toBe(202);
    expect((await sendGithub(room, project, push, from('an older one, as long as it must be'))).status).toBe(
      401,
    );
  });
});

describe('a webhook that is refused', () => {
  it('because it is a form says what to set at the Git host, before its body is read', async () => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const { status, body } = await sendGithub(room, project, 'payload=%7B%7D', { headers });
    expect([status, body.error.message]).toEqual([
      415,
      'a webhook came as application/x-www-form-urlencoded; at the Git host, set the content type of the webhook to application/json',
    ]);
  });

  it.each([
    ['text/plain', 'allowed are application/json and application/cloudevents+json'],
    ['text/plain; application/json', 'allowed are'],
    ['application/cloudevents-batch+json', 'send one event a request'],
    ['', 'a webhook came without a content type'],
  ])('because it came as "%s"', async (type, words) => {
    const { status, body } = await sendGithub(room, project, push, { headers: { 'content-type': type } });
    expect([status, body.error.code]).toEqual([415, 'REQUEST_INVALID']);
    expect(body.error.message).toContain(words);
  });

  it('because it is no JSON, or not that of a push, which is told once it is believed', async () => {
    const broken = await sendGithub(room, project, '{"ref":');
    expect([broken.status, broken.body.error.message]).toEqual([400, 'the body is not JSON']);
    const other = await sendGithub(room, project, { repository });
    expect([other.status, other.body.error.code]).toEqual([400, 'REQUEST_INVALID']);
    expect(other.body.error.message).toContain('body.ref is nothing: allowed is a text');
    expect((await sendGithub(room, project, '{"ref":', { secret: secretOf('x') })).status).toBe(401);
  });

  it('because it is about another repository, without a word of which', async () => {
    const { status, body } = await sendGithub(room, project, { ...push, repository: { html_url: 'x' } });
    expect([status, body.error]).toEqual([
      404,
      { code: 'NOT_FOUND', message: 'there is nothing here for this webhook', details: {} },
    ]);
  });

  it('because it is too large, announced or not', async () => {
    const large = 'x'.repeat(settings.hooks.maxBytes + 1);
    const told = await sendGithub(room, project, '{}', {
      headers: { 'content-length': String(large.length) },
    });
    const found = await sendGithub(room, project, large);
    for (const { status, body } of [told, found]) {
      expect([status, body.error.message]).toEqual([413, 'the body is larger than 5242880 bytes']);
    }
    const fits = { repository, padding: 'x'.repeat(settings.hooks.maxBytes - 1000) };
    expect((await sendGithub(room, project, fits, { event: 'ping', id: 'large' })).status).toBe(202);
  });
});

describe('the inbox', () => {
  it('is a workflow, started by what wakes it', async () => {
    const { client, log } = room.deps;
    const { wake, stop } = createInboxWaker(client, log);
    wake();
    const handle = client.workflow.getHandle('inbox/gateway');
    await expect
      .poll(() =>
        handle.describe().then(
          ({ type }) => type,
          () => 'none',
        ),
      )
      .toBe('handleDeliveries');
    stop();
    await handle.terminate();
  });
});
