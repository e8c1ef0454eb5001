import { describe, expect, it } from 'vitest';
import { createEgress } from '../../../../activities/adapters/egress/create-egress.js';
import { createEgressRules } from '../../../../activities/adapters/egress/egress-rules.js';
import { createCommitStatusCarrier } from '../../../../activities/adapters/notifiers/commit-status-carrier.js';
import type { Egress, EgressRequest } from '../../../../domain/ports/egress.js';
import type { TargetOf } from '../../../../domain/ports/letter-carriers.js';
import type { Notice } from '../../../../domain/ports/outbox.js';
import { egressTo, localServer } from '../egress/local-server.js';
import { allOf, commit, errand, failureOf, secretsOf } from './errand.js';

type Target = TargetOf<'commit-status'>;
const token = 'canary-token-1';

/** Keeps what would be sent to a public host, and takes it. */
function recording(): { readonly egress: Egress; readonly sent: EgressRequest[] } {
  const sent: EgressRequest[] = [];
  const call = async (request: EgressRequest) => {
    sent.push(request);
    return { status: 201, headers: {}, body: '', isWhole: true };
  };
  return { egress: { call }, sent };
}

async function sentTo(
  host: Target['host'],
  repo: string,
  { api, change = {}, secret = token }: { api?: string; change?: Partial<Notice>; secret?: string } = {},
) {
  const { egress, sent } = recording();
  const target: Target = {
    kind: 'commit-status',
    host,
    token: 'secret://token',
    ...(api === undefined ? {} : { api }),
  };
  const carrier = createCommitStatusCarrier(egress, Date.now);
  await carrier.carry(errand<'commit-status'>(target, change, { repo }), secretsOf({ token: secret }));
  const [request] = sent;
  if (request === undefined || sent.length > 1) return expect.fail(`${sent.length} were sent`);
  return { ...request, body: JSON.parse(request.body ?? '') };
}

describe('a status on a commit', () => {
  it('of GitHub', async () => {
    expect(await sentTo('github', 'https://github.com/owner/name.git')).toMatchObject({
      method: 'POST',
      url: `https://api.github.com/repos/owner/name/statuses/${commit}`,
      headers: {
        authorization: `Bearer ${token}`,
        accept: 'application/vnd.github+json',
        'content-type': 'application/json',
      },
      body: { state: 'failure', context: 'ratchet/m', description: 'p/m: the run failed' },
    });
  });

  it('of GitLab, with groups in groups', async () => {
    expect(await sentTo('gitlab', 'git@gitlab.com:group/sub/name.git')).toMatchObject({
      url: `https://gitlab.com/api/v4/projects/group%2Fsub%2Fname/statuses/${commit}`,
      headers: { 'private-token': token },
      body: { state: 'failed', name: 'ratchet/m', description: 'p/m: the run failed' },
    });
  });

  it('of Gitea', async () => {
    expect(await sentTo('gitea', 'ssh://git@git.example.org:2222/owner/name.git')).toMatchObject({
      url: `https://git.example.org/api/v1/repos/owner/name/statuses/${commit}`,
      headers: { authorization: `token ${token}` },
      body: { state: 'failure', context: 'ratchet/m', description: 'p/m: the run failed' },
    });
  });

  it('of Bitbucket', async () => {
    const status = await sentTo('bitbucket', 'git@bitbucket.org:workspace/name.git');
    expect(status).toMatchObject({
      url: `https://api.bitbucket.org/2.0/repositories/workspace/name/commit/${commit}/statuses/build`,
      headers: { authorization: `Bearer ${token}` },
      body: {
        key: 'ratchet/m',
        name: 'ratchet/m',
        state: 'FAILED',
        description: 'p/m: the run failed',
        url: `https://bitbucket.org/workspace/name/commits/${commit}`,
      },
    });
    const personal = await sentTo('bitbucket', 'git@bitbucket.org:workspace/name.git', {
      secret: 'ann@example.org:word',
    });
    expect(personal.headers?.['authorization']).toBe(
      `Basic ${Buffer.from('ann@example.org:word').toString('base64')}`,
    );
  });

  it.each([
    ['github', { success: 'success', failure: 'failure', pending: 'pending' }],
    ['gitlab', { success: 'success', failure: 'failed', pending: 'pending' }],
    ['gitea', { success: 'success', failure: 'failure', pending: 'pending' }],
    ['bitbucket', { success: 'SUCCESSFUL', failure: 'FAILED', pending: 'INPROGRESS' }],
  ] as const)('of %s says its states as the host does', async (host, words) => {
    const at = {
      github: 'github.com',
      gitlab: 'gitlab.com',
      gitea: 'git.example',
      bitbucket: 'bitbucket.org',
    }[host];
    for (const [state, word] of Object.entries(words)) {
      const sent = await sentTo(host, `https://${at}/o/n`, { change: { state: state as Notice['state'] } });
      expect(sent.body.state).toBe(word);
    }
  });

  it('is short enough for every host, and different models stay different', async () => {
    const long = `${'a'.repeat(60)}`;
    const change = { title: 'x'.repeat(300), model: `${long}-b` };
    const github = await sentTo('github', 'https://github.com/o/n', { change });
    expect(github.body.description.length).toBe(140);
    expect(github.body.context).toBe(`ratchet/${long}-b`);
    const keys = await Promise.all(
      ['b', 'c', 'b'].map(async (end) => {
        const sent = await sentTo('bitbucket', 'https://bitbucket.org/o/n', {
          change: { model: `${long}-${end}` },
        });
        return sent.body.key as string;
      }),
    );
    expect(keys.map((key) => key.length)).toEqual([40, 40, 40]);
    expect(new Set(keys).size).toBe(2);
  });

  it.each([
    [
      'github',
      'https://ghe.example:8443/o/n',
      'https://ghe.example:8443/api/v3',
      'https://ghe.example:8443/api/v3/repos/o/n/statuses/',
    ],
    [
      'github',
      'git@acme.ghe.com:o/n.git',
      'https://api.acme.ghe.com/',
      'https://api.acme.ghe.com/repos/o/n/statuses/',
    ],
    [
      'github',
      'ssh://git@ssh.github.com:443/o/n.git',
      undefined,
      'https://api.github.com/repos/o/n/statuses/',
    ],
    [
      'bitbucket',
      'ssh://git@altssh.bitbucket.org:443/o/n.git',
      undefined,
      'https://api.bitbucket.org/2.0/repositories/o/n/commit/',
    ],
    [
      'gitlab',
      'https://git.example/gitlab/a/b/n',
      'https://git.example/gitlab/api/v4',
      'https://git.example/gitlab/api/v4/projects/a%2Fb%2Fn/statuses/',
    ],
    [
      'gitlab',
      'https://git.example:8443/a/n/',
      undefined,
      'https://git.example:8443/api/v4/projects/a%2Fn/statuses/',
    ],
    [
      'gitea',
      'https://git.example/gitea/o/n',
      'https://git.example/gitea/api/v1',
      'https://git.example/gitea/api/v1/repos/o/n/statuses/',
    ],
  ] as const)('of %s for %s with the interface %s is put at %s', async (host, repo, api, url) => {
    expect((await sentTo(host, repo, api === undefined ? {} : { api })).url.startsWith(url)).toBe(true);
  });
});

describe('a token for statuses', () => {
  it.each([
    ['github', 'https://github.com/o/n', 'https://evil.example/'],
    ['github', 'https://github.com/o/n', 'https://api.github.com.evil.example/'],
    ['github', 'https://github.com/o/n', 'https://evil.example@api.github.com/'],
    ['github', 'https://github.com/o/n', 'https://api.github.com/?x='],
    ['github', 'https://ghe.example/o/n', undefined],
    ['bitbucket', 'https://git.example/o/n', undefined],
    ['gitlab', 'https://gitlab.com/g/n', 'https://gitlab.example/api/v4'],
    ['github', '/srv/repositories/o/n', undefined],
    ['github', 'https://github.com/o', undefined],
    ['github', 'https://github.com/o/n/more', undefined],
    ['gitea', 'https://git.example/o/../n', undefined],
    ['gitea', 'https://git.example/o/n%2f', undefined],
  ] as const)('of %s is not sent for %s to %s', async (host, repo, api) => {
    const { egress, sent } = recording();
    const target: Target = {
      kind: 'commit-status',
      host,
      token: 'secret://token',
      ...(api === undefined ? {} : { api }),
    };
    const carrier = createCommitStatusCarrier(egress, Date.now);
    const error = await failureOf(
      carrier.carry(errand<'commit-status'>(target, {}, { repo }), secretsOf({ token })),
    );
    expect(error.code).toBe('NOTICE_REFUSED');
    expect(sent).toEqual([]);
  });

  it('is not sent for a notice without a commit, or with none that is one', async () => {
    for (const wrong of [null, 'main', 'abc', `${commit}/../x`]) {
      const error = await failureOf(
        sentTo('github', 'https://github.com/o/n', { change: { commit: wrong } }),
      );
      expect(error).toMatchObject({ code: 'NOTICE_REFUSED', message: 'the notice is not about a commit' });
    }
  });

  it('is not told when the host refuses it, however it is quoted, nor by a header that cannot be sent', async () => {
    const { url } = await localServer((request, response) => {
      response
        .writeHead(401)
        .end(`bad: ${request.headers.authorization} ${Buffer.from(token).toString('hex')}`);
    });
    const target: Target = { kind: 'commit-status', host: 'github', token: 'secret://token', api: url };
    const carry = (secret: string) => {
      const sent = errand<'commit-status'>(target, {}, { repo: 'https://127.0.0.1/o/n' });
      return failureOf(
        createCommitStatusCarrier(egressTo(), Date.now).carry(sent, secretsOf({ token: secret })),
      );
    };
    const refused = await carry(token);
    expect(refused.code).toBe('NOTICE_REFUSED');
    expect(refused.message).toMatch(/answered 401: bad: Bearer \*\*\* \*\*\*$/);
    const unsendable = await carry(`${token}\r\nx-evil: 1`);
    expect(unsendable.code).toBe('EGRESS_REFUSED');
    for (const error of [refused, unsendable]) expect(allOf(error)).not.toContain(token);
  });
});

describe('GitLab', () => {
  const carry = async (status: number, body: string) => {
    const { url } = await localServer((_, response) => response.writeHead(status).end(body));
    const target: Target = {
      kind: 'commit-status',
      host: 'gitlab',
      token: 'secret://token',
      api: `${url}/api/v4`,
    };
    const egress = createEgress({ rules: createEgressRules({ allow: ['127.0.0.1'], ports: [] }) });
    const sent = errand<'commit-status'>(target, { state: 'pending' }, { repo: 'https://127.0.0.1/g/n' });
    await createCommitStatusCarrier(egress, Date.now).carry(sent, secretsOf({ token }));
  };
  const cannot = (from: string) =>
    JSON.stringify({
      message: `Cannot transition status via :enqueue from :${from} (Reason(s): Status cannot transition via "enqueue")`,
    });

  it('that has the state already, as after an answer that was lost, has it', async () => {
    await carry(400, cannot('pending'));
  });

  it('that has another state which it does not leave refuses the status', async () => {
    expect((await failureOf(carry(400, cannot('running')))).code).toBe('NOTICE_REFUSED');
    expect((await failureOf(carry(400, '{"message":"state is invalid"}'))).code).toBe('NOTICE_REFUSED');
  });
});
