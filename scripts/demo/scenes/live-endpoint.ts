import { askOverGrpc, askOverHttp } from '../ask-endpoint.js';
import type { Scene } from '../demo.js';
import { endpointName, endpointOf, releaseCalled } from '../endpoint.js';
import { tell } from '../narrator.js';
import { runRatchet } from '../run-ratchet.js';

export const liveEndpointScene: Scene = {
  title: 'The champion answers',
  about:
    'ratchet.yaml declares an endpoint with serving code of its own. The first champion releases it: the code is built, its tests run in the sandbox, it is held to the model and to its clients, deployed, and asked real rows before the release is a success.',
  async play(demo) {
    const place = `${demo.project}/${endpointName}`;
    const release = await releaseCalled(demo, 'champion-1');
    await runRatchet(demo, ['release', 'watch', release, '--as', 'dana']);
    const { at } = await endpointOf(demo);
    if (at === null) throw new Error(`${place} has no address`);
    await askOverHttp(at.http);
    await askOverGrpc(at.grpc, 'late-arrival');
    tell('these addresses stay, and answer without Postgres, S3, Temporal and the gateway');
    await runRatchet(demo, ['endpoint', 'list', demo.project, '--as', 'dana']);
  },
};
