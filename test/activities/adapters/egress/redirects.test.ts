import { describe, expect, it } from 'vitest';
import { codeOf } from '../../../conformance/error-code.js';
import { certificate, egressTo, localServer, names } from './local-server.js';

const redirectTo = (location: string, status = 302) =>
  localServer((_, response) => {
    response.writeHead(status, { location }).end();
  });
const headers = {
  authorization: 'Bearer canary',
  'private-token': 'canary',
  cookie: 'canary',
  'webhook-signature': 'v1,canary',
  'content-type': 'application/json',
};

describe('a redirect', () => {
  it.each([
    'http://127.0.0.2:1/',
    'http://2130706434/',
    'http://[::1]/',
    'http://169.254.169.254/latest/meta-data/',
    'http://localhost:1/',
    'https://user:word@127.0.0.1/',
    'file:///etc/passwd',
    'http://example.org/',
  ])('is not followed to %s', async (location) => {
    const { url } = await redirectTo(location);
    expect(await codeOf(egressTo().call({ method: 'GET', url }))).toBe('EGRESS_REFUSED');
  });

  it('is not followed to a name that leads inside', async () => {
    const { url } = await redirectTo('https://inside.example/');
    const resolve = names({ 'inside.example': ['10.0.0.1'] });
    expect(await codeOf(egressTo(undefined, { resolve }).call({ method: 'GET', url }))).toBe(
      'EGRESS_REFUSED',
    );
  });

  it('is followed three times and no more', async () => {
    const server = await localServer(({ url }, response) => {
      const left = Number(url.slice(1));
      if (left === 0) response.end('there');
      else response.writeHead(302, { location: `/${left - 1}` }).end();
    });
    const call = (from: number) => egressTo().call({ method: 'GET', url: `${server.url}/${from}` });
    expect((await call(3)).body).toBe('there');
    expect(await codeOf(call(4))).toBe('EGRESS_REFUSED');
    expect(server.seen.length).toBe(8);
  });

  it('takes no secret along to another origin, not even to another port', async () => {
    const other = await localServer();
    const { url } = await redirectTo(`${other.url}/there`, 307);
    await egressTo().call({ method: 'POST', url, headers, body: '{}' });
    expect(other.seen).toMatchObject([{ method: 'POST', url: '/there', body: '{}' }]);
    expect(other.seen[0]?.headers['content-type']).toBe('application/json');
    expect(JSON.stringify(other.seen)).not.toContain('canary');
  });

  it('takes all headers along where the origin is the same', async () => {
    const server = await localServer(({ url }, response) => {
      if (url === '/there') response.end('there');
      else response.writeHead(308, { location: '/there' }).end();
    });
    await egressTo().call({ method: 'POST', url: server.url, headers, body: '{}' });
    expect(server.seen[1]).toMatchObject({ method: 'POST', url: '/there', headers, body: '{}' });
  });

  it.each([301, 302, 303])(
    'of status %i is an answer to what has a body, and not followed',
    async (status) => {
      const other = await localServer();
      const { url } = await redirectTo(other.url, status);
      const answer = await egressTo().call({ method: 'POST', url, body: '{}' });
      expect([answer.status, other.seen.length]).toEqual([status, 0]);
    },
  );

  it('does not lead from TLS to an address without, though the settings allow that one', async () => {
    const other = await localServer();
    const server = await localServer(
      (_, response) => response.writeHead(302, { location: other.url }).end(),
      { tls: true },
    );
    const resolve = names({ 'hooks.example': ['127.0.0.1'] });
    const egress = egressTo(['hooks.example', '127.0.0.1'], { resolve, ca: certificate });
    expect(await codeOf(egress.call({ method: 'GET', url: server.url }))).toBe('EGRESS_REFUSED');
    expect(other.connections()).toBe(0);
  });

  it('to no address at all is a failure', async () => {
    const { url } = await redirectTo('https://[');
    expect(await codeOf(egressTo().call({ method: 'GET', url }))).toBe('EGRESS_FAILED');
  });
});
