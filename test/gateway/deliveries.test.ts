import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DeliveryContent } from '../../domain/ports/deliveries.js';
import { type GatewayRoom, openGatewayRoom } from './gateway-room.js';
import { tokenOf } from './people.js';

let room: GatewayRoom;
let project: string;
beforeAll(async () => {
  room = await openGatewayRoom();
  project = await room.newProject();
});
afterAll(() => room.close());

const ask = (query = '', at = project) => room.ask('GET', `/api/v1/projects/${at}/deliveries${query}`);

describe('deliveries of a project', () => {
  it('are listed newest first, with what they say and what became of them', async () => {
    const after = 'ab'.repeat(20);
    const push = { kind: 'push', ref: 'refs/heads/main', before: null, after } as const;
    const contents: readonly DeliveryContent[] = [
      push,
      { ...push, after: null },
      {
        kind: 'event',
        name: 'prices-in',
        source: 'shop',
        id: '7',
        at: '2026-01-01T00:00:00.000Z',
        payload: 1,
      },
      { kind: 'other', what: 'a ping' },
    ];
    for (const [at, content] of contents.entries())
      await room.deps.deliveries.store({ id: `github:${at}`, project, form: 'github', content });
    await room.deps.deliveries.store({ id: 'github:0', project, form: 'github', content: push });
    await room.deps.deliveries.finish({ project, id: 'github:3' }, 'ignored', 'nothing to do');
    const { deliveries } = (await ask()).body;
    expect(deliveries.map(({ what }: { what: string }) => what)).toEqual([
      'a ping',
      'event prices-in from shop, id 7',
      'deletion of refs/heads/main',
      'push of refs/heads/main to abababababab',
    ]);
    expect(deliveries[0]).toEqual({
      ...{ id: 'github:3', form: 'github', what: 'a ping', repeats: 0, status: 'ignored' },
      ...{ result: 'nothing to do', receivedAt: expect.any(String), handledAt: expect.any(String) },
    });
    expect(deliveries[3]).toMatchObject({ repeats: 1, status: 'pending', result: null, handledAt: null });
    expect((await ask('?limit=1')).body.deliveries).toHaveLength(1);
  });

  it('are refused where nothing is to be read', async () => {
    expect((await ask('', await room.newProject())).body).toEqual({ deliveries: [] });
    expect((await ask('', 'nowhere')).body.error.code).toBe('PROJECT_NOT_FOUND');
    expect((await ask('?limit=1001')).body.error.code).toBe('REQUEST_INVALID');
    const token = await tokenOf(room, 'an-outsider');
    const hidden = await room.ask('GET', `/api/v1/projects/${project}/deliveries`, { token });
    expect(hidden.body.error.code).toBe('PROJECT_NOT_FOUND');
  });
});
