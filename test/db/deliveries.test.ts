import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createDeliveryStore } from '../../db/deliveries.js';
import type { DeliveryContent, DeliveryStore } from '../../domain/ports/deliveries.js';
import { deliveryStoreConformance } from '../conformance/delivery-store.js';
import { codeOf } from '../conformance/error-code.js';
import { type DatabaseRoom, openDatabaseRoom } from './database-room.js';

describe('the delivery store on Postgres', () => {
  let room: DatabaseRoom;
  let deliveries: DeliveryStore;
  let project: string;
  beforeAll(async () => {
    room = await openDatabaseRoom();
    deliveries = createDeliveryStore(room.database);
  });
  beforeEach(async () => {
    project = await room.newProject();
  });
  afterAll(() => room.close());
  const push: DeliveryContent = {
    kind: 'push',
    ref: 'refs/heads/main',
    before: null,
    after: 'a'.repeat(40),
  };
  const store = (id: string, content: DeliveryContent = push) =>
    deliveries.store({ project, id: `github:${id}`, form: 'github', content });
  const payload = (text: string): DeliveryContent => {
    const at = '2024-05-01T00:00:00.000Z';
    return { kind: 'event', name: 'n', source: 's', id: 'i', at, payload: text };
  };

  deliveryStoreConformance(async () => ({
    deliveries,
    projects: [await room.newProject(), await room.newProject()],
  }));

  it('are not too large, and may hold any character', async () => {
    expect(await codeOf(store('x'.repeat(200)))).toBe('REQUEST_INVALID');
    expect(await codeOf(store('large', payload('x'.repeat(64 * 1024))))).toBe('REQUEST_INVALID');
    const { delivery } = await store('strange', payload('a\0b \uD800 \u{1F4A5}'));
    expect(delivery.content).toEqual(payload('a\uFFFDb \uFFFD \u{1F4A5}'));
  });
});
