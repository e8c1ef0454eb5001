import { describe, expect, it } from 'vitest';
import { messageOf, RatchetError } from '../../../../domain/errors/ratchet-error.js';
import { codeOf } from '../../../conformance/error-code.js';
import { certificate, egressTo, localServer, names } from './local-server.js';

const get = (url: string) => ({ method: 'GET', url }) as const;

async function refusal(work: Promise<unknown>): Promise<RatchetError> {
  return await work.then(
    () => expect.fail('it was let out'),
    (error: unknown) => (error instanceof RatchetError ? error : expect.fail(messageOf(error))),
  );
}

describe('a call that goes out', () => {
  it.each([
    'https://127.0.0.1/',
    'https://2130706433/',
    'https://0x7f000001/',
    'https://0x7f.1/',
    'https://0177.0.0.1/',
    'https://127.1/',
    'https://①②⑦.0.0.1/',
    'https://127。0。0。1/',
    'https://[::1]/',
    'https://[::ffff:127.0.0.1]/',
    'https://[::ffff:7f00:1]/',
    'https://[64:ff9b::7f00:1]/',
    'https://[2002:7f00:1::]/',
    'https://[fe80::1]/',
    'https://169.254.169.254/latest/meta-data/',
    'https://0.0.0.0/',
    'https://10.1.2.3/',
    'https://localhost/',
    'https://LOCALHOST/',
  ])('does not go to %s', async (url) => {
    expect(await refusal(egressTo([]).call(get(url)))).toMatchObject({ code: 'EGRESS_REFUSED' });
  });

  it.each([
    ['http://example.org/', /without TLS/],
    ['ftp://example.org/', /another scheme/],
    ['file:///etc/passwd', /another scheme/],
    ['data:text/plain,x', /another scheme/],
    ['//example.org/', /is none/],
    ['https://', /is none/],
    ['https://[::1', /is none/],
    ['https://example.org:22/', /port 22, and allowed are 443/],
    ['https://user@example.org/', /a user name or a password/],
    ['https://:password@example.org/', /a user name or a password/],
    ['https://example.org@127.0.0.1/', /a user name or a password/],
    ['https://example.org%2f@127.0.0.1/', /a user name or a password/],
  ])('is not made to %s, and nothing is resolved', async (url, why) => {
    const resolve = async () => expect.fail('a name was resolved');
    const error = await refusal(egressTo([], { resolve }).call(get(url)));
    expect(error.code).toBe('EGRESS_REFUSED');
    expect(error.message).toMatch(why);
  });

  it('does not repeat what an address holds', async () => {
    const rows = [
      'https://canary-user:canary-word@example.org/canary-path?canary=query',
      'http://example.org/canary-path',
      'https://example.org:22/canary-path',
      'canary-scheme:canary',
      'no address, canary',
      'https://127.0.0.1/canary-path',
    ];
    for (const url of rows) {
      const error = await refusal(egressTo([]).call(get(url)));
      expect(error.message + JSON.stringify(error.details)).not.toContain('canary');
    }
  });

  it.each([
    ['loopback', ['127.0.0.1']],
    ['loopback beside a public address', ['93.184.215.14', '127.0.0.1']],
    ['a metadata service', ['169.254.169.254']],
    ['loopback in version 6', ['::1']],
    ['a mapped address', ['::ffff:10.0.0.1']],
  ])('is refused where its name leads to %s', async (_, addresses) => {
    const resolve = names({ 'hooks.example': addresses, 'hooks.example.': addresses });
    for (const host of ['hooks.example', 'hooks.example.']) {
      const error = await refusal(egressTo([], { resolve }).call(get(`https://${host}/`)));
      expect(error).toMatchObject({ code: 'EGRESS_REFUSED' });
      expect(error.message).toContain(`the host ${host} leads to an address that is not public`);
    }
  });

  it('connects to the address that was checked, and asks the resolver once', async () => {
    const { port, seen } = await localServer(undefined, { tls: true });
    let asked = 0;
    const resolve = async () => {
      asked += 1;
      return [{ address: asked === 1 ? '127.0.0.1' : '10.255.255.1', family: 4 }];
    };
    const egress = egressTo(['hooks.example'], { resolve, ca: certificate });
    expect((await egress.call(get(`https://hooks.example:${port}/a`))).status).toBe(200);
    expect(asked).toBe(1);
    expect(seen[0]).toMatchObject({ url: '/a', headers: { host: `hooks.example:${port}` } });
  });

  it('resolves and checks anew each time, also while an earlier connection could be used again', async () => {
    const server = await localServer();
    const answers = ['127.0.0.1', '127.0.0.1', '169.254.169.254'];
    const resolve = async () => [{ address: answers.shift() ?? '', family: 4 }];
    const egress = egressTo(['hooks.example'], { resolve });
    const url = `http://hooks.example:${server.port}/`;
    for (let turn = 0; turn < 2; turn += 1) await egress.call(get(url));
    expect(await codeOf(egress.call(get(url)))).toBe('EGRESS_REFUSED');
    expect(server.connections()).toBe(2);
  });

  it('goes to private addresses where the settings name the host, its address or its network', async () => {
    const { port, url } = await localServer();
    const resolve = names({ 'hooks.example': ['127.0.0.1'] });
    for (const [allow, to] of [
      [['127.0.0.1'], url],
      [['127.0.0.0/8'], url],
      [['hooks.example'], `http://hooks.example:${port}`],
      [['Hooks.Example.'], `http://HOOKS.example:${port}`],
    ] as const) {
      expect((await egressTo(allow, { resolve }).call(get(to))).body).toBe('ok');
    }
    for (const allow of [['127.0.0.2'], ['10.0.0.0/8'], ['other.example']]) {
      expect(await codeOf(egressTo(allow, { resolve }).call(get(url)))).toBe('EGRESS_REFUSED');
    }
  });

  it('goes to an address of the link only where its network is named, not where a name leads there', async () => {
    const resolve = names({ 'hooks.example': ['169.254.169.254'] });
    const call = (allow: readonly string[]) => {
      const times = { connectMs: 50, headersMs: 50, wholeMs: 100 };
      return codeOf(egressTo(allow, { resolve, times }).call(get('https://hooks.example/')));
    };
    expect(await call(['hooks.example'])).toBe('EGRESS_REFUSED');
    expect(await call(['169.254.0.0/16'])).toBe('EGRESS_FAILED');
  });

  it('asks no proxy of the environment', async () => {
    const proxy = await localServer();
    const { url } = await localServer();
    const given = { ...process.env };
    try {
      for (const name of ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY']) {
        process.env[name] = proxy.url;
        process.env[name.toLowerCase()] = proxy.url;
      }
      process.env['NODE_USE_ENV_PROXY'] = '1';
      expect((await egressTo().call(get(url))).status).toBe(200);
    } finally {
      process.env = given;
    }
    expect(proxy.connections()).toBe(0);
  });

  it('wants a certificate that is trusted, and that of the name', async () => {
    const { port } = await localServer(undefined, { tls: true });
    const resolve = names({ 'hooks.example': ['127.0.0.1'], 'other.example': ['127.0.0.1'] });
    const allow = ['hooks.example', 'other.example'];
    const unknown = await refusal(egressTo(allow, { resolve }).call(get(`https://hooks.example:${port}/`)));
    expect(unknown.message).toMatch(/hooks.example gave .* signed by nobody that is trusted/);
    const trusting = egressTo(allow, { resolve, ca: certificate });
    const other = await refusal(trusting.call(get(`https://other.example:${port}/`)));
    expect(other.message).toMatch(/certificate is for another host/);
    expect([unknown.code, other.code]).toEqual(['EGRESS_FAILED', 'EGRESS_FAILED']);
  });
});
