import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sameRepository } from '../../../gateway/hooks/same-repository.js';

describe('the repository of a project', () => {
  const ours = 'https://github.com/acme/Flights';
  it.each([
    'https://github.com/acme/flights.git',
    'https://GitHub.com/acme/flights/',
    'https://github.com:443/acme/flights',
    'https://somebody@github.com/acme/flights.git',
    'http://github.com/acme/flights.git',
    'git@github.com:acme/flights.git',
    'github.com:acme/flights',
    'ssh://git@github.com/acme/flights.git',
    'ssh://git@github.com:2222/acme/flights.git',
    'git://github.com/acme/flights.git',
    'https://github.com/acme/fl%69ghts',
  ])('is also %s', (address) => {
    expect(sameRepository(ours, [address])).toBe(true);
    expect(sameRepository(address, [ours])).toBe(true);
  });

  it.each([
    'https://github.com/mallory/flights',
    'https://github.com.evil.example/acme/flights',
    'https://evil.example/github.com/acme/flights',
    'https://github.com/acme/flights-fork',
    'https://github.com/acme/flights.git.git',
    'https://github.com/acme',
    'https://github.com:8443/acme/flights',
    'https://github.com@evil.example/acme/flights',
    'git@evil.example:acme/flights',
    'ftp://github.com/acme/flights',
    'constructor://github.com/acme/flights',
    'file:///acme/flights',
    '/acme/flights',
    'acme/flights',
    '',
    'https://',
  ])('is not %s', (address) => {
    expect(sameRepository(ours, [address])).toBe(false);
  });

  it('is one of those that a webhook names, and not where it names none', () => {
    expect(sameRepository(ours, ['https://x.example/a/b', 'git@github.com:acme/flights.git'])).toBe(true);
    expect(sameRepository(ours, [])).toBe(false);
  });

  it.each([
    ['/repositories/flights', '/repositories/flights/', true],
    ['/repositories/flights', 'file:///repositories/flights', true],
    ['/repositories/flights', 'file://localhost/repositories/other/../flights', true],
    ['/repositories/with blank', 'file:///repositories/with%20blank', true],
    ['/repositories/flights', '/repositories/Flights', false],
    ['/repositories/flights', '/repositories/flights.git', false],
    ['/repositories/flights', 'file://elsewhere/repositories/flights', false],
    ['/repositories/flights', 'https://github.com/repositories/flights', false],
    ['/', '/', true],
  ])('a folder %s and %s: %s', (repo, address, same) => {
    expect(sameRepository(repo, [address])).toBe(same);
  });

  it('tells ports of one scheme apart, as two servers on a machine have them', () => {
    expect(sameRepository('http://localhost:3000/a/b', ['http://localhost:3001/a/b'])).toBe(false);
    expect(sameRepository('http://localhost:3000/a/b', ['http://localhost:3000/a/b.git'])).toBe(true);
  });

  it('never throws, and is the same in both directions', () => {
    const part = fc.stringMatching(/^[a-z%:@./-]{0,20}$/);
    const address = fc.tuple(fc.constantFrom('https://', 'ssh://', 'git@', 'file://', '/', ''), part);
    fc.assert(
      fc.property(address, address, (a, b) => {
        const [one, other] = [a.join(''), b.join('')];
        expect(sameRepository(one, [other])).toBe(sameRepository(other, [one]));
      }),
      { numRuns: 2000 },
    );
  });
});
