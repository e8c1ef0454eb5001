import { randomBytes } from 'node:crypto';
import { MockActivityEnvironment } from '@temporalio/testing';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createNoticeActivities } from '../../../activities/notices/notice-activities.js';
import { postNotice } from '../../../activities/notices/post-notice.js';
import { noticeOfTest } from '../../../domain/notices/project-notices.js';
import type { Notification } from '../../../domain/ports/notifier.js';
import type { Notice } from '../../../domain/ports/outbox.js';
import { localServer } from '../adapters/egress/local-server.js';
import { notice } from '../adapters/notifiers/errand.js';
import { mailRoom } from '../adapters/notifiers/mail-room.js';
import { noticeRoom } from './notice-room.js';

const commit = 'b'.repeat(40);
const keyBytes = randomBytes(32);

/** What each target's secrets hold; every one has a part that is nowhere else. */
function canaries(port: number, mailPort: number): Readonly<Record<string, string>> {
  return {
    'ops-url': `http://127.0.0.1:${port}/canary-ops-path?token=canary-ops-query`,
    'other-url': `http://127.0.0.1:${port}/canary-other-path`,
    'ops-key': `whsec_${keyBytes.toString('base64')}`,
    'channel-url': `http://127.0.0.1:${port}/services/canary-channel-path`,
    'mail-server': `smtps://canary-user:canary-word@mail.example:${mailPort}`,
    token: 'canary-token',
  };
}

describe('secrets of targets', () => {
  it.each([404, 500])(
    'are in no try, letter, log or error, though servers quote all they were sent (%i)',
    async (status) => {
      const written: string[] = [];
      for (const stream of [process.stdout, process.stderr]) {
        const spy = vi.spyOn(stream, 'write').mockImplementation((chunk) => {
          written.push(String(chunk));
          return true;
        });
        onTestFinished(() => spy.mockRestore());
      }
      const { port, seen } = await localServer((request, response) => {
        const { authorization = '', 'private-token': token = '' } = request.headers;
        const forms = [request.url, authorization, token].map((text) => [
          text,
          encodeURIComponent(String(text)),
          Buffer.from(String(text)).toString('base64'),
        ]);
        response.writeHead(status).end(JSON.stringify(forms));
      });
      const mail = await mailRoom({ secure: true });
      const room = await noticeRoom();
      for (const [name, value] of Object.entries(canaries(port, mail.port))) room.secrets.set(name, value);
      const { config, ...record } = await room.deps.projects.get('p');
      const notifications = {
        ...config.notifications,
        status: {
          kind: 'commit-status',
          host: 'gitea',
          token: 'secret://token',
          api: `http://127.0.0.1:${port}/api/v1`,
        },
      } as const;
      await room.deps.projects.putModels({ ...record, config: { ...config, notifications } });
      const targets = ['ops', 'other', 'channel', 'mail', 'status'];
      await room.deps.accounts.create({
        name: 'ann',
        kind: 'person',
        email: 'ann@example.org',
        admin: false,
      });
      await room.outbox.put(notice({ commit }), targets);
      await room.deliver();
      expect(seen.length).toBe(4);
      const letters = await room.outbox.list({});
      expect(letters.map((one) => one.status)).toEqual(
        letters.map(() => expect.stringMatching(/dead|pending/)),
      );
      const tries = (await Promise.all(letters.map(({ id }) => room.outbox.attempts(id)))).flat();
      expect(tries.length).toBe(5);
      for (const { error } of tries) expect(error).toMatch(/answered|mail\.example/);
      const all = JSON.stringify([letters, tries, written]);
      for (const form of [
        'canary',
        Buffer.from('canary').toString('base64').slice(0, 8),
        keyBytes.toString('base64'),
        keyBytes.toString('hex'),
      ]) {
        expect(all.toLowerCase()).not.toContain(form.toLowerCase());
      }
    },
  );
});

describe('the activity', () => {
  it('carries what is due and says when the next is', async () => {
    const { url, seen } = await localServer();
    const room = await noticeRoom();
    room.secrets.set('channel-url', url);
    await room.outbox.put(notice(), ['channel']);
    const { deliverLetters } = createNoticeActivities(room.deps);
    expect(await new MockActivityEnvironment().run(deliverLetters)).toEqual({ nextAt: null });
    expect(seen.length).toBe(1);
  });
});

describe('a mail', () => {
  it('goes to whom the notice is to: where they sign in from, else where Git knows them, and not to who has left', async () => {
    const mail = await mailRoom({ secure: true });
    const room = await noticeRoom();
    room.secrets.set('mail-server', `smtps://mail.example:${mail.port}`);
    const { accounts } = room.deps;
    const person = { kind: 'person', admin: false } as const;
    await accounts.create({ name: 'ann', email: 'ann@example.org', ...person });
    await accounts.create({ name: 'ben', email: null, ...person });
    await accounts.create({ name: 'eve', email: 'eve@example.org', ...person });
    await accounts.disable('eve');
    const member = (account: string, ...emails: string[]) => ({ account, roles: [], emails });
    await accounts.putMembers('p', commit, [
      member('ann', 'ann@git.example.org'),
      member('ben', 'ben@git.example.org', 'ben2@git.example.org'),
      member('eve', 'eve@git.example.org'),
      member('new', 'new@git.example.org'),
    ]);
    await room.outbox.put(notice({ to: ['ann', 'ben', 'eve', 'new', 'nobody'] }), ['mail']);
    expect(await room.deliver()).toBeNull();
    expect(mail.seen.map(({ to }) => to)).toEqual([
      ['ann@example.org', 'ben@git.example.org', 'new@git.example.org'],
    ]);
  });
});

describe('a notice that is posted', () => {
  async function posted(one: Notice) {
    const room = await noticeRoom();
    const told: Notification[] = [];
    const notifier = { tell: async (word: Notification) => void told.push(word) };
    const targets = await postNotice({ ...room.deps, notifier }, one);
    return { targets, told, letters: await room.outbox.list({}) };
  }

  it('becomes a letter to each target that is to be told, once', async () => {
    const { targets, told, letters } = await posted(notice());
    expect(targets).toEqual(['ops', 'other', 'channel', 'mail', 'status']);
    expect(letters.map(({ target }) => target).toSorted()).toEqual([...targets].toSorted());
    expect(told).toEqual([]);
  });

  it('goes to the log where no target is to be told', async () => {
    const { targets, told, letters } = await posted(notice({ kind: 'trigger.suppressed' }));
    expect([targets, letters]).toEqual([[], []]);
    expect(told).toEqual([
      { to: ['ann'], project: 'p', about: 'run:r1:0:failed', text: 'p/m: the run failed' },
    ]);
  });

  it('as a test goes to every target that needs no commit', async () => {
    const test = noticeOfTest({ id: 't', project: 'p', by: 'ann', at: '2026-01-02T03:04:05.000Z' });
    expect((await posted(test)).targets).toEqual(['ops', 'other', 'channel', 'mail']);
  });
});
