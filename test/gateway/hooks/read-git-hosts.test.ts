import { describe, expect, it } from 'vitest';
import { readBitbucket } from '../../../gateway/hooks/read-bitbucket.js';
import { readGitea } from '../../../gateway/hooks/read-gitea.js';
import { readGithub } from '../../../gateway/hooks/read-github.js';
import { readGitlab } from '../../../gateway/hooks/read-gitlab.js';
import { requestOf } from './hook-headers.js';
import * as bitbucket from './samples/bitbucket.js';
import { giteaHeaders, giteaPullRequest, giteaPush } from './samples/gitea.js';
import { githubSamples as samples } from './samples/github.js';
import * as gitlab from './samples/gitlab.js';

const [a, b] = ['a'.repeat(40), 'b'.repeat(40)];
const zeros = '0'.repeat(40);
const main = { kind: 'push', ref: 'refs/heads/main', before: b, after: a };

const github = (name: string, payload: object, id = '72d3162e-cc78-11e3-81ab-4c9367dc0958') =>
  readGithub(requestOf(JSON.stringify(payload), { 'X-GitHub-Event': name, 'X-GitHub-Delivery': id }));

describe('GitHub', () => {
  it.each(samples.filter(({ name }) => name === 'push').map(({ payload }, at) => [at, payload] as const))(
    'push sample %i is a push of a branch, or something else',
    (_, payload) => {
      const { ref, before, after, repository } = payload as Record<'ref' | 'before' | 'after', string> & {
        readonly repository: { readonly clone_url: string };
      };
      const { id, contents, repository: addresses } = github('push', payload);
      const orNull = (commit: string) => (commit === zeros ? null : commit);
      const expected = ref.startsWith('refs/heads/')
        ? { kind: 'push', ref, before: orNull(before), after: orNull(after) }
        : { kind: 'other', what: `push of ${ref}` };
      expect([id, contents]).toEqual(['72d3162e-cc78-11e3-81ab-4c9367dc0958', [expected]]);
      expect(addresses).toContain(repository.clone_url);
    },
  );

  it('samples have both kinds of push, of a branch and of a tag, and pings of repositories and organisations', () => {
    const pushes = samples.filter(({ name }) => name === 'push');
    const kinds = pushes.map(({ payload }) => github('push', payload).contents[0].kind);
    expect(new Set(kinds)).toEqual(new Set(['push', 'other']));
    const pings = samples.filter(({ name }) => name === 'ping');
    expect(pings.length).toBeGreaterThan(3);
    const about = pings.map(({ payload }) => github('ping', payload).repository !== null);
    expect(new Set(about)).toEqual(new Set([true, false]));
  });

  it('samples of every other event are known, and start nothing', () => {
    const others = samples.filter(({ name }) => name !== 'push');
    expect(others.length).toBeGreaterThan(250);
    for (const { name, payload } of others) {
      expect(github(name, payload).contents).toEqual([{ kind: 'other', what: name }]);
    }
  });

  it('a branch that is made has no commit before, one that is deleted none after', () => {
    const repository = { clone_url: 'https://github.com/acme/flights.git' };
    const push = { ref: 'refs/heads/weather', before: zeros, after: a, repository };
    expect(github('push', push).contents).toEqual([
      { kind: 'push', ref: 'refs/heads/weather', before: null, after: a },
    ]);
    expect(github('push', { ...push, before: b, after: zeros }).contents).toMatchObject([
      { before: b, after: null },
    ]);
  });

  it.each([
    ['no ref', { ref: undefined }, 'body.ref is nothing'],
    ['a ref that is short', { ref: 'main' }, 'body.ref is text "main": allowed is the full name of a ref'],
    ['a ref of two lines', { ref: 'refs/heads/a\nb' }, 'body.ref'],
    ['an endless ref', { ref: `refs/heads/${'x'.repeat(2000)}` }, 'body.ref'],
    [
      'a commit that is cut',
      { after: 'abc' },
      'body.after is text "abc": allowed is the full id of a commit',
    ],
    ['no repository', { repository: undefined }, 'body.repository is nothing'],
  ])('a push with %s is refused by its place', (_, changes, words) => {
    const repository = { clone_url: 'https://github.com/acme/flights.git' };
    const push = { ref: 'refs/heads/main', before: b, after: a, repository, ...changes };
    expect(() => github('push', push)).toThrow(words);
  });

  it.each([
    ['without an id', { 'x-github-event': 'ping' }, 'the header x-github-delivery is not there'],
    [
      'with an endless id',
      { 'x-github-event': 'ping', 'x-github-delivery': 'x'.repeat(201) },
      'the header x-github-delivery is of 201 characters',
    ],
    [
      'with an event that is no word',
      { 'x-github-event': '\u001b[31m', 'x-github-delivery': '1' },
      'header.x-github-event',
    ],
  ])('%s is refused', (_, headers, words) => {
    expect(() => readGithub(requestOf('{}', headers))).toThrow(words);
  });

  it.each([
    ['is not JSON', '{"ref":'],
    ['is nothing', ''],
    ['is not UTF-8', Buffer.from([0x22, 0xff, 0x22])],
    ['is a list', '[]'],
    ['is a word', '"push"'],
  ])('a body that %s is refused', (_, body) => {
    const headers = { 'x-github-event': 'push', 'x-github-delivery': '1' };
    expect(() => readGithub(requestOf(body, headers))).toThrow(/the body is not JSON|^body is /);
  });
});

describe('Gitea', () => {
  const read = (event: string, payload: object) =>
    readGitea(requestOf(JSON.stringify(payload), giteaHeaders(event, 'f6266f16')));

  it('push and pull request are read by its own headers', () => {
    expect(read('push', giteaPush)).toEqual({
      id: 'f6266f16',
      contents: [main],
      repository: [
        'https://gitea.example.org/acme/flights.git',
        'ssh://git@gitea.example.org:2222/acme/flights.git',
        'https://gitea.example.org/acme/flights',
      ],
    });
    expect(read('pull_request', giteaPullRequest).contents).toEqual([
      { kind: 'other', what: 'pull_request' },
    ]);
  });
});

describe('GitLab', () => {
  const headers = {
    'x-gitlab-event': 'Push Hook',
    'idempotency-key': 'key-1',
    'x-gitlab-event-uuid': 'uuid-1',
  };
  const read = (payload: object, given: Record<string, string> = headers) =>
    readGitlab(requestOf(JSON.stringify(payload), given));

  it('push, tag, merge request and what belongs to a group', () => {
    expect(read(gitlab.gitlabPush)).toEqual({
      id: 'key-1',
      contents: [main],
      repository: [
        'https://gitlab.example.org/acme/flights.git',
        'git@gitlab.example.org:acme/flights.git',
        'https://gitlab.example.org/acme/flights',
      ],
    });
    expect(read(gitlab.gitlabTag).contents).toEqual([{ kind: 'other', what: 'tag_push' }]);
    const merge = read(gitlab.gitlabMergeRequest);
    expect(merge.contents).toEqual([{ kind: 'other', what: 'merge_request' }]);
    expect(merge.repository?.join()).not.toContain('mallory');
    expect(read(gitlab.gitlabSubgroup)).toEqual({
      id: 'key-1',
      contents: [{ kind: 'other', what: 'subgroup_create' }],
      repository: null,
    });
  });

  it('is known by what is signed, else by its key, else by its event and body', () => {
    const { 'idempotency-key': _, ...old } = headers;
    const signed = { ...headers, 'webhook-id': 'signed-1', 'webhook-signature': 'v1,x' };
    expect(read(gitlab.gitlabPush, signed).id).toBe('signed-1');
    const first = read(gitlab.gitlabPush, old).id;
    expect(first).toMatch(/^uuid-1\/[0-9a-f]{32}$/);
    expect(read(gitlab.gitlabPush, old).id).toBe(first);
    const another = { ...gitlab.gitlabPush, ref: 'refs/heads/weather' };
    expect(read(another, old).id).not.toBe(first);
    expect(() => read(gitlab.gitlabPush, {})).toThrow('the header x-gitlab-event-uuid is not there');
  });
});

describe('Bitbucket', () => {
  const read = (event: string, payload: object) =>
    readBitbucket(
      requestOf(JSON.stringify(payload), {
        'x-event-key': event,
        'x-hook-uuid': 'hook-1',
        'x-request-uuid': 'request-1',
        'x-attempt-number': '1',
      }),
    );
  const contents = (payload: object) => read('repo:push', payload).contents;
  const weather = { kind: 'push', ref: 'refs/heads/weather' };
  const tag = { kind: 'other', what: 'push of refs/tags/v1.0.0' };

  it('push of one branch, made, moved and deleted, and of a tag', () => {
    expect(read('repo:push', bitbucket.bitbucketPush)).toEqual({
      id: 'request-1',
      contents: [main],
      repository: ['https://bitbucket.org/acme/flights'],
    });
    expect(contents(bitbucket.bitbucketCreated)).toEqual([{ ...weather, before: null, after: a }]);
    expect(contents(bitbucket.bitbucketDeleted)).toEqual([{ ...weather, before: b, after: null }]);
    expect(contents(bitbucket.bitbucketTag)).toEqual([tag]);
  });

  it('push of several branches is all of them', () => {
    expect(contents(bitbucket.bitbucketMany)).toEqual([
      main,
      { ...weather, before: null, after: 'd'.repeat(40) },
    ]);
    expect(contents(bitbucket.bitbucketManyBranches(100))).toHaveLength(100);
    expect(() => contents(bitbucket.bitbucketManyBranches(101))).toThrow(
      'moved 101 branches, and at most 100',
    );
  });

  it('anything else is known, and starts nothing', () => {
    expect(read('pullrequest:created', bitbucket.bitbucketPullRequest)).toMatchObject({
      contents: [{ kind: 'other', what: 'pullrequest:created' }],
      repository: ['https://bitbucket.org/acme/flights'],
    });
  });

  it('a change that moved nothing, or a name that is none, is refused', () => {
    const { repository } = bitbucket.bitbucketPush;
    const of = (change: object) => ({ repository, push: { changes: [change] } });
    expect(() => contents(of({ old: null, new: null }))).toThrow('body.push.changes.0');
    const target = { hash: a };
    const named = { old: null, new: { type: 'branch', name: 'a b', target } };
    expect(() => contents(of(named))).toThrow('the name of a branch');
    expect(contents({ repository, push: { changes: [] } })).toMatchObject([{ kind: 'other' }]);
  });
});
