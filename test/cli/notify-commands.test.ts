import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { projectConfig } from '../../domain/config/project.js';
import { testNotice } from '../gateway/made-notice.js';
import { type ServedGateway, serveGateway } from './served-gateway.js';

let served: ServedGateway;
let project: string;
beforeAll(async () => {
  served = await serveGateway();
  project = await served.room.newProject();
});
afterAll(async () => {
  await served.close();
});

const ratchet = (...args: string[]) => served.ratchet(...args);

describe('ratchet notify', () => {
  it('says what would fill an empty list, and that a project tells nobody', async () => {
    const none = await ratchet('notify', 'list', project);
    expect(none.stdout).toBe('nothing was to be told: ratchet notify test <project>\n');
    expect((await ratchet('notify', 'redrive', project)).stdout).toBe('no letter was given up\n');
    const test = await ratchet('notify', 'test', project);
    expect([test.exitCode, test.stderr]).toEqual([3, expect.stringContaining('tells nobody')]);
  });

  it('tests every target', async () => {
    const { name, repo, ref, commit, config } = await served.room.deps.projects.get(project);
    const notifications = { ops: { kind: 'slack', url: 'secret://hook-url' } } as const;
    const put = { name, repo, ref, commit, config: projectConfig({ ...config, notifications }) };
    await served.room.deps.projects.put(put);
    expect((await ratchet('notify', 'test', project)).stdout).toBe(
      `a test is on its way to ops\nwhether it arrives: ratchet notify list ${project}\n`,
    );
    const { stdout } = await ratchet('notify', 'list', project);
    expect(stdout).toMatch(
      new RegExp(`\n\\S+ +ops +${project} +- +test +pending +0 +\\S+ +\\d+ s ago +A test of .* +-\n$`),
    );
  });

  it('shows a letter with its tries, and drives dead ones again', async () => {
    const { outbox } = served.room.deps;
    await outbox.put(testNotice(project, 'a'), ['hook']);
    const [letter] = await outbox.list({ project, limit: 1 });
    const attempt = { letter: letter?.id ?? '', at: '2026-01-01T00:00:01.000Z', ms: 12 };
    await outbox.attempted({ ...attempt, error: 'refused \u001b[2J with 500' }, null);
    const list = await ratchet('notify', 'list', project, '--status', 'dead');
    expect(list.stdout).toMatch(/ dead +1 +- +.* refused \\x1b\[2J with 500\n$/);
    const { stdout } = await ratchet('notify', 'show', letter?.id ?? '');
    expect(stdout).toContain(`about   ${project}/delay\n`);
    expect(stdout).toContain(`\na run of ${project} was refused\nrecall is 0.1, limit 0.5\n\n`);
    expect(stdout).toMatch(/try +at +took +error\n +1 +2026-01-01T00:00:01.000Z +12 ms +refused /);
    expect(stdout).toContain(`again: ratchet notify redrive ${project}\n`);
    const driven = await ratchet('notify', 'redrive', project);
    expect(driven.stdout).toBe('letters that are tried again: 1\n');
    const page = await ratchet('notify', 'list', project, '--limit', '1');
    const after = /more: (--after \S+)\n/.exec(page.stdout)?.[1] ?? '';
    const rest = await ratchet('notify', 'list', project, ...after.split(' '), '--json');
    expect(rest.json.letters).toMatchObject([{ kind: 'test' }]);
  });
});
