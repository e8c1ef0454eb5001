import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { secretOf } from '../gateway/send-hook.js';
import { type ServedGateway, serveGateway } from './served-gateway.js';

let served: ServedGateway;
let project: string;
beforeAll(async () => {
  served = await serveGateway();
  project = await served.room.newProject();
});
afterAll(() => served.close());

describe('ratchet hook show', () => {
  it('prints address and secret in both forms, and what each host calls its fields', async () => {
    const { exitCode, stdout, stderr } = await served.ratchet('hook', 'show', project);
    const { text, bytes } = secretOf(project);
    expect(exitCode).toBe(0);
    expect(stdout).toContain(`address         ${served.url}/hooks/${project}\n`);
    expect(stdout).toContain(`secret          ${text}\n`);
    expect(stdout).toContain(`signing secret  whsec_${bytes.toString('base64')}\n`);
    expect(stdout).toMatch(/\nGitHub +Payload URL +Content type: application\/json; .*Just the push event\n/);
    expect(stdout).toMatch(/\nGitLab +URL +Secret token: .*\n/);
    expect(stdout).toMatch(/\nGitea +Target URL .*\nBitbucket +URL .*\n/);
    expect(stderr).toBe(
      'the address is of this machine alone: a Git host elsewhere needs one that it can reach\n',
    );
  });

  it('prints the same as JSON, and says where there is no such project', async () => {
    const { json } = await served.ratchet('hook', 'show', project, '--json');
    const { text, bytes } = secretOf(project);
    expect(json).toEqual({
      address: `${served.url}/hooks/${project}`,
      path: `/hooks/${project}`,
      secret: text,
      signingSecret: `whsec_${bytes.toString('base64')}`,
    });
    const nowhere = await served.ratchet('hook', 'show', 'nowhere');
    expect([nowhere.exitCode, nowhere.stderr]).toEqual([
      4,
      'PROJECT_NOT_FOUND: there is no project "nowhere"\n',
    ]);
  });
});

describe('ratchet hook deliveries', () => {
  it('prints what came and what became of it', async () => {
    const at = await served.room.newProject();
    expect((await served.ratchet('hook', 'deliveries', at)).stdout).toBe(
      `nothing came yet: ratchet hook show ${at}\n`,
    );
    const content = { kind: 'other', what: 'a ping \u001b[2J' } as const;
    await served.room.deps.deliveries.store({ id: 'github:1', project: at, form: 'github', content });
    await served.room.deps.deliveries.finish({ project: at, id: 'github:1' }, 'ignored', 'nothing to do');
    const { stdout } = await served.ratchet('hook', 'deliveries', at);
    expect(stdout).toMatch(/^delivery +came +again +what +status +result\n/);
    expect(stdout).toMatch(/\ngithub:1 +\d+ s ago +0 +a ping \\x1b\[2J +ignored +nothing to do\n$/);
    const { json } = await served.ratchet('hook', 'deliveries', at, '--json');
    expect(json).toEqual((await served.room.ask('GET', `/api/v1/projects/${at}/deliveries`)).body);
  });
});
