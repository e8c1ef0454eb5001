import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type GatewayRoom, newRunId, openGatewayRoom } from './gateway-room.js';

let room: GatewayRoom;
beforeAll(async () => {
  room = await openGatewayRoom();
});
afterAll(() => room.close());

const mebibyte = 1024 * 1024;

describe('the Host header', () => {
  it.each(['localhost', 'LOCALHOST:8400', '127.0.0.1:8400'])('is answered as %s', async (host) => {
    expect((await room.ask('get', '/healthz', { headers: { host } })).status).toBe(200);
  });

  it.each([
    'evil.example',
    'localhost.evil.example:8400',
    '127.0.0.1.evil.example',
    'evil.example:127',
    '',
    '[::1]:8400',
  ])('of somebody else is refused: "%s"', async (host) => {
    const { status, body } = await room.ask('get', '/api/v1/runs', { headers: { host } });
    expect([status, body.error.code]).toEqual([403, 'FORBIDDEN']);
  });

  it('is checked for addresses that everybody may ask, too', async () => {
    const { status } = await room.ask('get', '/healthz', { token: null, headers: { host: 'evil.example' } });
    expect(status).toBe(403);
  });
});

describe('a request that a browser sends from another site', () => {
  const from = (site: string) => ({ headers: { 'sec-fetch-site': site } });

  it.each(['POST', 'PUT', 'PATCH', 'DELETE', 'PURGE'])('is refused with %s', async (method) => {
    for (const site of ['cross-site', 'same-site', 'something-new']) {
      const { status, body } = await room.ask(method, '/api/v1/runs', from(site));
      expect([site, status, body.error.code]).toEqual([site, 403, 'FORBIDDEN']);
    }
  });

  it('is answered where it comes from our own pages, or from no page', async () => {
    for (const site of ['same-origin', 'none']) {
      const { status } = await room.ask('POST', '/api/v1/runs', { ...from(site), body: {} });
      expect(status).toBe(400);
    }
  });

  it('may read: it cannot see the answer without our leave', async () => {
    const { status, headers } = await room.ask('GET', '/api/v1/runs', from('cross-site'));
    expect(status).toBe(200);
    expect(headers.get('access-control-allow-origin')).toBeNull();
  });
});

describe('what is at no address', () => {
  it.each([
    ['GET', '/'],
    ['GET', '/api/v1/nothing'],
    ['GET', '/api/v2/runs'],
    ['GET', '/metrics'],
    ['DELETE', '/api/v1/runs'],
    ['PUT', `/api/v1/runs/${newRunId()}`],
    ['OPTIONS', '/api/v1/runs'],
    ['GET', '/api/v1/runs/'],
    ['GET', '/api/v1/../../etc/passwd'],
  ])('%s %s has the same error body as every error', async (method, path) => {
    const { status, body, headers } = await room.ask(method, path);
    expect(status).toBe(404);
    expect(headers.get('content-type')).toMatch(/^application\/json/);
    expect(body).toEqual({ error: { code: 'NOT_FOUND', message: expect.any(String), details: {} } });
    expect(body.error.message).toContain(method);
  });

  it('is cut where it is long', async () => {
    const { body } = await room.ask('GET', `/api/v1/${'x'.repeat(5000)}`);
    expect(body.error.message.length).toBeLessThan(300);
  });
});

describe('a body', () => {
  const start = '/api/v1/runs';
  const json = { 'content-type': 'application/json' };

  it.each([
    ['is not JSON', '{"project":'],
    ['is nothing', ''],
    ['is a word', 'hello'],
    ['is nested without an end', '['.repeat(100_000)],
  ])('that %s is refused', async (_, raw) => {
    const { status, body } = await room.ask('POST', start, { raw, headers: json });
    expect([status, body.error.code]).toEqual([400, 'REQUEST_INVALID']);
  });

  it.each([
    ['a form', 'application/x-www-form-urlencoded'],
    ['plain text', 'text/plain'],
    ['a lie about JSON', 'text/plain; application/json'],
    ['several parts', 'multipart/form-data; boundary=x'],
  ])('that is announced as %s is refused', async (_, type) => {
    const asked = { raw: '{"project":"a","model":"b"}', headers: { 'content-type': type } };
    const { status, body } = await room.ask('POST', start, asked);
    expect([status, body.error.code]).toEqual([415, 'REQUEST_INVALID']);
    expect(body.error.message).toContain('application/json');
  });

  it('that is too large is refused by what it announces', async () => {
    const headers = { ...json, 'content-length': String(mebibyte + 1) };
    const { status, body } = await room.ask('POST', start, { raw: 'x', headers });
    expect([status, body.error.code]).toEqual([413, 'REQUEST_INVALID']);
    expect(body.error.message).toBe('the body is larger than 1048576 bytes');
  });

  it('that is too large and announces nothing is ended, and not read to its end', async () => {
    let sent = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 64 * 1024;
        controller.enqueue(new Uint8Array(64 * 1024));
      },
    });
    const { status, body } = await room.ask('POST', start, { raw: endless, headers: json });
    expect([status, body.error.code]).toEqual([413, 'REQUEST_INVALID']);
    expect(sent).toBeLessThan(2 * mebibyte);
  });

  it('is not read at all without a token', async () => {
    let sent = 0;
    const endless = new ReadableStream<Uint8Array>(
      {
        pull(controller) {
          sent += 1;
          controller.enqueue(new Uint8Array(1024));
        },
      },
      { highWaterMark: 0 },
    );
    const { status } = await room.ask('POST', start, { raw: endless, headers: json, token: null });
    expect([status, sent]).toEqual([401, 0]);
  });
});

describe('a request that does not fit', () => {
  it('names every problem of its body, what came and what is allowed', async () => {
    const asked = { body: { project: 'Not A Name', ref: 'a\u0007b', id: 'x', extra: 1 } };
    const { status, body } = await room.ask('POST', '/api/v1/runs', asked);
    expect([status, body.error.code]).toEqual([400, 'REQUEST_INVALID']);
    const { problems } = body.error.details;
    const places = problems.map((problem: string) => problem.split(' ')[0]);
    expect(places.toSorted()).toEqual(['body', 'body.id', 'body.model', 'body.project', 'body.ref']);
    expect(body.error.message).toContain('body.project is text "Not A Name": allowed is a name of lower');
    expect(body.error.message).toContain('body.model is nothing: allowed is a text');
    expect(body.error.message).toContain('"extra"');
  });

  it.each([
    ['/api/v1/runs?limit=0', 'query.limit is text "0": allowed is a number of at least 1'],
    ['/api/v1/runs?limit=201', 'query.limit is text "201": allowed is a number of at most 200'],
    ['/api/v1/runs?limit=ten', 'query.limit is text "ten": allowed is a number'],
    ['/api/v1/runs?status=done', 'query.status'],
    ['/api/v1/runs?modle=delay', '"modle"'],
    ['/api/v1/runs?project=A%20B', 'query.project'],
    ['/api/v1/runs?sortBy=a%00b', 'query.sortBy'],
    ['/api/v1/runs?sortBy=rocAux', 'allowed is "accuracy", "precision"'],
    ['/api/v1/runs?after=x', 'the cursor'],
    [`/api/v1/runs?after=${'x'.repeat(600)}`, 'query.after'],
    ['/api/v1/runs/not-a-uuid', 'path.id'],
    ['/api/v1/runs/compare?ids=a,b', 'text "a"'],
    ['/api/v1/runs/compare', 'query.ids'],
    [`/api/v1/runs/compare?ids=${newRunId()}`, '1 different runs'],
    [`/api/v1/runs/compare?ids=${Array.from({ length: 21 }, newRunId).join(',')}`, '21 different runs'],
    ['/api/v1/datasets?name=a%00b', 'query.name'],
    ['/api/v1/datasets/p/flights/latest!', 'path.version'],
    ['/api/v1/datasets/p/flights/99999999999', 'path.version'],
    ['/api/v1/features?colour=red', '"colour"'],
    ['/api/v1/features/p/view?version=0', 'query.version'],
    ['/api/v1/models?project=a..b', 'query.project'],
  ])('is told by its place: %s', async (path, place) => {
    const { status, body } = await room.ask('GET', path);
    expect([status, body.error.code]).toEqual([400, 'REQUEST_INVALID']);
    expect(body.error.message).toContain(place);
  });

  it.each([
    'https://user:secret-of-mine@github.com/a/b',
    'https://secret-of-mine@github.com/a/b',
    'ssh://git:secret-of-mine@github.com/a/b',
  ])('does not repeat the secret of a repository address, and keeps it out of history: %s', async (repo) => {
    const { status, text } = await room.ask('POST', '/api/v1/projects', { body: { repo } });
    expect(status).toBe(400);
    expect(text).toContain('without user name and password');
    expect(text).not.toContain('secret-of-mine');
    expect(room.log.join()).not.toContain('secret-of-mine');
  });

  it('is told apart from what is not there', async () => {
    const project = await room.newProject();
    for (const [path, code] of [
      [`/api/v1/runs/${newRunId()}`, 'RUN_NOT_FOUND'],
      [`/api/v1/runs/${newRunId()}/metrics`, 'RUN_NOT_FOUND'],
      [`/api/v1/runs/${newRunId()}/logs/train`, 'RUN_NOT_FOUND'],
      [`/api/v1/runs/compare?ids=${newRunId()},${newRunId()}`, 'RUN_NOT_FOUND'],
      ['/api/v1/projects/nowhere', 'PROJECT_NOT_FOUND'],
      ['/api/v1/runs?project=nowhere', 'PROJECT_NOT_FOUND'],
      ['/api/v1/datasets?project=nowhere', 'PROJECT_NOT_FOUND'],
      ['/api/v1/features?project=nowhere', 'PROJECT_NOT_FOUND'],
      ['/api/v1/models?project=nowhere', 'PROJECT_NOT_FOUND'],
      [`/api/v1/runs?project=${project}&model=nothing`, 'MODEL_NOT_FOUND'],
      [`/api/v1/models?project=${project}&model=nothing`, 'MODEL_NOT_FOUND'],
      [`/api/v1/datasets/${project}/flights/1`, 'DATASET_NOT_FOUND'],
      [`/api/v1/datasets/${project}/flights/1/diff?with=2`, 'DATASET_NOT_FOUND'],
      [`/api/v1/features/${project}/view`, 'FEATURE_NOT_FOUND'],
      [`/api/v1/models/${project}/delay/1`, 'MODEL_NOT_FOUND'],
      [`/api/v1/models/${project}/delay/champion/evaluation`, 'MODEL_NOT_FOUND'],
    ] as const) {
      const { status, body } = await room.ask('GET', path);
      expect([path, status, body.error.code]).toEqual([path, 404, code]);
    }
  });
});

describe('every answer', () => {
  it('tells a browser to take it for what it says, and to show nothing of it as a page', async () => {
    for (const path of ['/api/v1/runs', '/api/v1/nothing']) {
      const { headers } = await room.ask('GET', path);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    }
  });
});
