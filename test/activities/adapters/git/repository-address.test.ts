import { describe, expect, it } from 'vitest';
import { parseRepositoryAddress } from '../../../../activities/adapters/git/repository-address.js';
import { messageOf } from '../../../../domain/errors/ratchet-error.js';

const limits = {
  allowedHosts: ['github.com', 'git.example.org'],
  allowLocal: false,
  maxBytes: 1,
  maxFiles: 1,
  timeoutMs: 1,
};

describe('a repository address', () => {
  it.each([
    ['https://github.com/owner/name', 'https', 'https://github.com/owner/name'],
    ['https://GitHub.com/owner/name.git', 'https', 'https://github.com/owner/name.git'],
    ['https://git.example.org:8443/a/b', 'https', 'https://git.example.org:8443/a/b'],
    ['https://github.com/a/../../b', 'https', 'https://github.com/b'],
    ['ssh://git@github.com/owner/name', 'ssh', 'ssh://git@github.com/owner/name'],
    ['ssh://git@git.example.org:2222/~me/name', 'ssh', 'ssh://git@git.example.org:2222/~me/name'],
    ['git@github.com:owner/name.git', 'ssh', 'ssh://git@github.com/owner/name.git'],
  ])('takes %s', (text, protocol, url) => {
    expect(parseRepositoryAddress(text, limits)).toEqual({ protocol, url });
  });

  it('takes an absolute path only where the settings allow it', () => {
    expect(() => parseRepositoryAddress('/srv/repo', limits)).toThrow(/settings do not allow/);
    const local = { ...limits, allowLocal: true };
    expect(parseRepositoryAddress('/srv/a b/../repo', local)).toEqual({ protocol: 'file', url: '/srv/repo' });
    expect(() => parseRepositoryAddress('/srv/a\nb', local)).toThrow(/control characters/);
  });

  it.each([
    'ext::sh -c touch% /tmp/pwned',
    'fd::17/foo',
    'file:///srv/repo',
    'http://github.com/a/b',
    'git://github.com/a/b',
    'ftp://github.com/a/b',
    'srv/repo',
    './repo',
    '../repo',
    '--upload-pack=touch /tmp/pwned',
    '-u',
    '',
    ' https://evil.example/a',
    'https://evil.example/a/b',
    'https://github.com.evil.example/a/b',
    'https://evil.example#github.com/a/b',
    'https://github.com\\@evil.example/a/b',
    'https://127.0.0.1/a/b',
    'https://[::1]/a/b',
    'https://2130706433/a/b',
    'https://github.com',
    'https://github.com/-a?x=1',
    'https://github.com/a#b',
    'https://github.com/a%0ab\n',
    'https://token@github.com/a/b',
    'ssh://-oProxyCommand=touch/a',
    'ssh://git@-oProxyCommand=touch/a',
    'ssh://-oProxyCommand=x@github.com/a',
    'ssh://git@github.com/-a',
    'ssh://git@github.com/a/$(touch x)',
    "ssh://git@github.com/a';touch x;'",
    '-oProxyCommand=x@github.com:a/b',
    'git@-oProxyCommand=x:a/b',
    'git@evil.example:a/b',
    'git@github.com:-a',
    'git@github.com:../a',
    'ssh://git@github.com/a/%2e%2e/b/..%2f',
  ])('refuses %j', (text) => {
    expect(() => parseRepositoryAddress(text, { ...limits, allowLocal: false })).toThrow(
      expect.objectContaining({ code: 'GIT_REFUSED' }),
    );
  });

  it('does not repeat a password', () => {
    const texts = [
      'https://me:hunter2@github.com/a/b',
      'ssh://me:hunter2@evil.example/a',
      'nope://me:hunter2@x/y',
    ];
    for (const text of texts) {
      const error = (() => {
        try {
          return parseRepositoryAddress(text, limits);
        } catch (thrown) {
          return thrown;
        }
      })();
      expect(messageOf(error)).toContain('repository address');
      expect(messageOf(error)).not.toContain('hunter2');
    }
  });
});
