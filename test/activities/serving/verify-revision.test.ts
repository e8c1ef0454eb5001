import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterEach, describe, expect, it } from 'vitest';
import type { LiveRevision } from '../../../domain/lifecycle/release-serving.js';
import { openServing, type Serving } from '../../../serving/open-serving.js';
import { loadSection } from '../../../temporal.config.js';
import { servingRoom } from '../../serving/serving-room.js';
import { addsTo } from '../../serving/small-models.js';
import { openReleaseRoom, type ReleaseRoom } from './release-room.js';

const models = servingRoom();
const tiny = readFileSync(join(import.meta.dirname, '../../fixtures/tiny-model/training/model.onnx'));

const opened: (Serving | ReleaseRoom | { close(): unknown })[] = [];
afterEach(async () => {
  for (const one of opened.splice(0).reverse()) await one.close();
});

/** A real server of a model, in this process. */
async function serve(model: Uint8Array, version = 1): Promise<string> {
  const env = {
    ...{ RATCHET_SERVING_HTTP_PORT: '0', RATCHET_SERVING_GRPC_PORT: '0', RATCHET_METRICS_PORT: '0' },
    RATCHET_SERVING_REPOSITORY: models.repositoryOf({ [`tiny/${version}/model.onnx`]: model }),
  };
  const config = {
    serving: loadSection('serving', env),
    metrics: loadSection('metrics', env),
    workers: loadSection('workers', env),
  };
  const serving = await openServing(config, pino({ level: 'silent' }), null);
  opened.push(serving);
  return serving.at.http;
}

async function answering(status: number, text: string): Promise<string> {
  const server: Server = createServer((_, response) => {
    response.statusCode = status;
    response.end(text);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  opened.push(server);
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A deployed revision of the tiny model whose endpoint answers at that address. */
async function deployedAt(http: string): Promise<{ room: ReleaseRoom; input: LiveRevision }> {
  const room = await openReleaseRoom({ http });
  opened.push(room);
  await room.declare();
  await room.crown();
  const input = await room.begin('a');
  const plan = await room.work('prepareRelease', input);
  const deployed = await room.work('deployRevision', {
    ...input,
    plan,
    parts: { application: null, image: null },
  });
  return { room, input: { ...input, plan, deployed } };
}

const verified = async (http: string) => {
  const { room, input } = await deployedAt(http);
  await room.work('verifyRevision', input);
  return (await room.stores.releases.steps('a')).find((step) => step.name === 'verify');
};

describe('a revision that is deployed', () => {
  it('is asked for rows of the validation split, and answers as the platform does', async () => {
    expect(await verified(await serve(tiny))).toMatchObject({
      status: 'succeeded',
      reason: expect.stringMatching(/^50 rows answered as by the platform itself, the largest difference is/),
    });
  });

  it('that serves another model is refused', async () => {
    await expect(verified(await serve(addsTo(1)))).rejects.toMatchObject({ type: 'ANSWERS_DIFFER' });
  });

  it('that serves another version is refused', async () => {
    await expect(verified(await serve(tiny, 2))).rejects.toMatchObject({ type: 'ANSWERS_DIFFER' });
  });

  it.each([
    [200, '{"model_version":"9","outputs":[]}', /version 9 of the model, released is 1/],
    [200, 'no json', /no answer of the protocol/],
    [500, '{"error":"it broke"}', /answered 500/],
  ])('that answers %d and %s is refused', async (status, text, words) => {
    const verifying = verified(await answering(status, text));
    await expect(verifying).rejects.toMatchObject({ type: 'ANSWERS_DIFFER', nonRetryable: true });
    await expect(verifying).rejects.toThrow(words);
  });

  it.each([503, 504])('that is too busy and answers %d is asked again', async (status) => {
    const verifying = verified(await answering(status, '{"error":"too many"}'));
    await expect(verifying).rejects.toMatchObject({ type: 'PART_UNAVAILABLE', nonRetryable: false });
  });

  it('that does not answer is asked again', async () => {
    const verifying = verified('http://127.0.0.1:1');
    await expect(verifying).rejects.toMatchObject({ type: 'PART_UNAVAILABLE', nonRetryable: false });
  });
});
