import { afterAll, beforeAll, beforeEach, describe } from 'vitest';
import { deploymentTargetConformance } from '../conformance/deployment-target.js';
import { describeEngine } from './engine-room.js';
import { swarmEndings } from './swarm-endings.js';
import { openSwarmRoom } from './swarm-room.js';
import type { TargetRoom } from './target-room.js';

const quiet = new AbortController().signal;
let room: TargetRoom;

describeEngine('the target of services', () => {
  beforeAll(async () => {
    room = await openSwarmRoom(`test-swarm-${process.pid}`);
  }, 600_000);
  afterAll(() => room.leave());
  const empty = async () => {
    for (const left of await room.target.list()) await room.target.remove(left, quiet);
    room.nextEndpoint();
    // The swarm's names lead to a replica until it has ended: a connection may come in the moment in which it stops to
    // listen. The changes of the suite end four of them.
    return Object.assign(room, { mostCutOff: 4 });
  };

  describe('as every target', () => deploymentTargetConformance(empty));

  describe('whose services', () => {
    beforeEach(async () => {
      await empty();
    });
    swarmEndings(() => room);
  });
});
