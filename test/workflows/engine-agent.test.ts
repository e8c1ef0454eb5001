import { describe, expect, it } from 'vitest';
import {
  createEngineAgent,
  type EngineAgent,
} from '../../activities/adapters/engine-agent/create-engine-agent.js';
import { ends, untilCancelled, wellDone } from './fake-activities.js';
import { happening } from './play.js';
import { sharedStoryRoom } from './shared-story-room.js';

const name = { project: 'tiny', endpoint: 'live' };

let agent: EngineAgent;
const room = sharedStoryRoom({ maxCachedWorkflows: 50 }, ({ plainClient }) => {
  agent = createEngineAgent(plainClient);
});

describe('the engine agent, as others reach it', () => {
  it('is given what was asked, and gives its answer', async () => {
    room.use({ containerLogs: async ({ lines }) => [`of ${lines}`] });
    const said = await agent.ask('containerLogs', { key: 'a' }, { ...name, lines: 7 });
    expect([said, room.given('containerLogs')]).toEqual([['of 7'], { ...name, lines: 7 }]);
  });

  it('tells its refusal by the code of the catalogue', async () => {
    room.use({ removeContainers: ends('ENGINE_REFUSED', 'it asks for root') });
    const asked = agent.ask('removeContainers', { key: 'b' }, name);
    await expect(asked).rejects.toMatchObject({ code: 'ENGINE_REFUSED', message: 'it asks for root' });
    expect(room.called()).toEqual(['removeContainers']);
  });

  it('does once what is asked twice at once, and again what is asked later', async () => {
    const { happened, now } = happening();
    const observeContainers = async () => {
      await happened;
      return wellDone.observeContainers(name);
    };
    room.use({ observeContainers });
    const both = [agent.ask('observeContainers', { key: 'c' }, name)];
    await expect.poll(() => room.called()).toHaveLength(1);
    both.push(agent.ask('observeContainers', { key: 'c' }, name));
    now();
    const [first, second] = await Promise.all(both);
    expect([second, room.called()]).toEqual([first, ['observeContainers']]);
    await agent.ask('observeContainers', { key: 'c' }, name);
    expect(room.called()).toHaveLength(2);
  });

  it('stops where whoever asked is to stop, before the answer comes', async () => {
    const { happened, now } = happening();
    let stopped = false;
    const removeContainers = untilCancelled<undefined>(now, async () => {
      stopped = true;
      throw new Error('it was asked to stop');
    });
    room.use({ removeContainers });
    const controller = new AbortController();
    const asked = agent.ask('removeContainers', { key: 'd', signal: controller.signal }, name);
    const ended = expect(asked).rejects.toThrow();
    await happened;
    controller.abort();
    await ended;
    expect(stopped).toBe(true);
    await expect(
      agent.ask('removeContainers', { key: 'd', signal: controller.signal }, name),
    ).rejects.toThrow();
    expect(room.called()).toEqual(['removeContainers']);
  });
});
