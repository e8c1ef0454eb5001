import { describe, expect, it } from 'vitest';
import { formOf } from '../../../gateway/hooks/hook-forms.js';
import { readBinaryEvent, readStructuredEvent } from '../../../gateway/hooks/read-cloudevent.js';
import { readSentEvent } from '../../../gateway/hooks/read-sent-event.js';
import { readStandard } from '../../../gateway/hooks/read-standard.js';
import { type Headers, requestOf } from './hook-headers.js';

const received = '2026-03-01T06:00:00.000Z';
const json = { 'content-type': 'application/json' };
const nested = (levels: number): unknown => (levels === 0 ? 1 : { deeper: nested(levels - 1) });

describe('Standard Webhooks', () => {
  const headers = { 'webhook-id': 'msg_1', 'webhook-timestamp': '1772344800' };
  const read = (body: object) => readStandard(requestOf(JSON.stringify(body), headers));
  const event = { kind: 'event', name: 'prices.loaded', source: 'standard-webhooks', id: 'msg_1' };

  it('is an event of its type, with its data, at its time', () => {
    const body = { type: 'prices.loaded', timestamp: '2026-03-01T07:00:00.25+02:00', data: { rows: 3 } };
    expect(read(body)).toEqual({
      id: 'msg_1',
      contents: [{ ...event, at: '2026-03-01T05:00:00.250Z', payload: { rows: 3 } }],
      repository: null,
    });
  });

  it('may have its data beside its type, and no time but that of sending', () => {
    const body = { type: 'prices.loaded', rows: 3 };
    expect(read(body).contents).toEqual([{ ...event, at: '2026-03-01T06:00:00.000Z', payload: body }]);
  });

  it.each([
    [{}, 'body.type is nothing'],
    [{ type: 'a\nb' }, 'body.type'],
    [{ type: 'x', timestamp: 'yesterday' }, 'body.timestamp is text "yesterday": allowed is an instant'],
  ])('%j is refused', (body, words) => {
    expect(() => read(body)).toThrow(words);
  });
});

describe('a CloudEvent', () => {
  const attributes = { specversion: '1.0', id: 'A 1', source: '/prices', type: 'prices-in' };
  const content = { kind: 'event', name: 'prices-in', source: '/prices', id: 'A 1', at: received };

  it('in structured mode', () => {
    const event = { ...attributes, time: '2026-02-28T23:00:00Z', ours: 1, data: [1, 'two'] };
    expect(readStructuredEvent(requestOf(JSON.stringify(event)))).toEqual({
      id: '/prices A 1',
      contents: [{ ...content, at: '2026-02-28T23:00:00.000Z', payload: [1, 'two'] }],
      repository: null,
    });
    expect(readStructuredEvent(requestOf(JSON.stringify(attributes))).contents).toEqual([
      { ...content, payload: null },
    ]);
  });

  const binary: Headers = {
    'ce-specversion': '1.0',
    'ce-id': 'A%201',
    'ce-source': '/prices',
    'ce-type': 'prices-in',
  };

  it('in binary mode', () => {
    const request = requestOf('{"rows":3}', { ...binary, 'ce-time': '2026-02-28T23:00:00Z' });
    expect(readBinaryEvent(request).contents).toEqual([
      { ...content, at: '2026-02-28T23:00:00.000Z', payload: { rows: 3 } },
    ]);
    expect(readBinaryEvent(requestOf('', binary)).contents).toEqual([{ ...content, payload: null }]);
  });

  it.each([
    [{ specversion: '0.3' }, 'body.specversion'],
    [{ id: '' }, 'body.id'],
    [{ source: 'with blank' }, 'body.source is text "with blank": allowed is an address or a name'],
    [{ type: undefined }, 'body.type is nothing'],
    [{ time: '1 March' }, 'body.time'],
    [{ data_base64: 'AA==' }, 'body.data_base64 is text "AA==": allowed is nothing: data as JSON'],
  ])('in structured mode with %j is refused', (changes, words) => {
    const body = JSON.stringify({ ...attributes, ...changes });
    expect(() => readStructuredEvent(requestOf(body))).toThrow(words);
  });

  it.each([
    [{ 'ce-id': '%' }, 'the header ce-id is not percent-encoded text'],
    [{ 'ce-source': '' }, 'header.ce-source is text "": allowed is an address'],
  ])('in binary mode with %j is refused', (changes, words) => {
    expect(() => readBinaryEvent(requestOf('{}', { ...binary, ...changes }))).toThrow(words);
  });

  it('in binary mode is refused as a webhook, where nothing signs its attributes', () => {
    const request = requestOf('{}', { ...binary, ...json, 'webhook-signature': 'v1,x' });
    const rules = formOf(request);
    expect(rules?.form).toBe('cloudevents');
    expect(() => rules?.read(request)).toThrow('in binary mode nothing signs the ce- headers');
  });
});

describe('an event that is sent with a token', () => {
  const send = (body: object, headers: Headers = json) =>
    readSentEvent(requestOf(JSON.stringify(body), headers), 'nightly');

  it('as plain JSON is of the account, with what it leaves out filled in', () => {
    const { id, contents } = send({ name: 'prices-in' });
    const [content] = contents;
    expect(content).toEqual({
      kind: 'event',
      name: 'prices-in',
      source: 'account/nightly',
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      at: received,
      payload: null,
    });
    expect(id).toBe(`account/nightly ${content.kind === 'event' ? content.id : ''}`);
    const whole = { name: 'prices-in', id: 'day 1', at: '2026-02-28T23:00:00Z', payload: { rows: 3 } };
    expect(send(whole)).toMatchObject({ id: 'account/nightly day 1', contents: [{ payload: { rows: 3 } }] });
  });

  it('may be a CloudEvent in either mode', () => {
    const event = { specversion: '1.0', id: '1', source: '/prices', type: 'prices-in', data: 7 };
    const structured = { 'content-type': 'application/cloudevents+json; charset=utf-8' };
    expect(send(event, structured).contents).toMatchObject([{ source: '/prices', payload: 7 }]);
    const headers = { 'ce-specversion': '1.0', 'ce-id': '1', 'ce-source': '/prices', 'ce-type': 'prices-in' };
    expect(send({ rows: 3 }, { ...json, ...headers })).toMatchObject({
      id: '/prices 1',
      contents: [{ payload: { rows: 3 } }],
    });
  });

  it.each([
    [{}, 'body.name is nothing'],
    [{ name: 'Prices In' }, 'body.name'],
    [{ name: 'prices-in', when: 1 }, 'body has the unknown key "when"'],
    [{ name: 'prices-in', at: '2026-13-01T00:00:00Z' }, 'body.at'],
  ])('as %j is refused', (body, words) => {
    expect(() => send(body)).toThrow(words);
  });

  it('keeps a payload that the database can keep, and refuses a larger one', () => {
    const of = (payload: unknown) => () => send({ name: 'prices-in', payload });
    expect(of('x'.repeat(49_000))).not.toThrow();
    expect(of('x'.repeat(49_200))).toThrow('the payload takes 49202 bytes, and at most 49152 are kept');
    expect(of(Array.from({ length: 15_000 }, () => 1))).not.toThrow();
    expect(of(Array.from({ length: 20_000 }, () => 1))).toThrow('at most 49152');
    expect(of(Array.from({ length: 200 }, () => 1e300))).toThrow('at most 49152');
  });

  it('refuses one that is nested without an end', () => {
    const of = (payload: unknown) => () => send({ name: 'prices-in', payload });
    expect(of(nested(32))).not.toThrow();
    expect(of(nested(33))).toThrow('nested deeper than 32 levels');
    const endless = `{"name":"prices-in","payload":${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
    expect(() => readSentEvent(requestOf(endless, json), 'nightly')).toThrow('nested deeper than 32 levels');
  });
});

describe('a sender', () => {
  it.each([
    [{ 'x-github-event': 'push', 'x-gitea-event': 'push' }, 'gitea'],
    [{ 'x-github-event': 'push' }, 'github'],
    [{ 'x-gitlab-event': 'Push Hook', 'webhook-signature': 'v1,x' }, 'gitlab'],
    [{ 'x-event-key': 'repo:push' }, 'bitbucket'],
    [{ 'content-type': 'application/cloudevents+json', 'webhook-signature': 'v1,x' }, 'cloudevents'],
    [{ 'webhook-signature': 'v1,x', 'content-type': 'application/json' }, 'standard-webhooks'],
    [{ 'content-type': 'application/json' }, undefined],
  ] as const)('with %j is %s', (headers, form) => {
    expect(formOf(requestOf('', headers))?.form).toBe(form);
  });
});
