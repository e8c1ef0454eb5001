import { describe } from 'vitest';
import { deploymentTargetConformance } from '../../conformance/deployment-target.js';
import { readHosts } from './read-hosts.js';
import { addsTo, brokenModel, supervisorRooms } from './supervisor-room.js';

const open = supervisorRooms();

describe('the target of processes', () => {
  deploymentTargetConformance(async () => {
    const room = await open();
    return {
      target: room.target,
      wanted: (ordinal, adds, more) => room.wanted(ordinal, addsTo(adds), more),
      broken: (ordinal) =>
        room.wanted(ordinal, brokenModel, { health: { readyWithinMs: 8000, drainMs: 1000 } }),
      crash: async () => {
        const [host] = readHosts(room.dir);
        process.kill(host?.pid ?? 0, 'SIGKILL');
      },
    };
  });
});
