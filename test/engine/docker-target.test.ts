import { afterAll, beforeAll } from 'vitest';
import { deploymentTargetConformance } from '../conformance/deployment-target.js';
import { describeEngine } from './engine-room.js';
import { openTargetRoom, type TargetRoom } from './target-room.js';

const quiet = new AbortController().signal;
let room: TargetRoom;

describeEngine('the target of containers', () => {
  beforeAll(async () => {
    room = await openTargetRoom(`test-target-${process.pid}`);
  });
  afterAll(() => room.leave());

  deploymentTargetConformance(async () => {
    for (const left of await room.target.list()) await room.target.remove(left, quiet);
    room.nextEndpoint();
    return room;
  });
});
