import { describe } from 'vitest';
import { triggerStoreEvents } from './trigger-store-events.js';
import { triggerStoreLines } from './trigger-store-lines.js';
import { triggerStoreStops } from './trigger-store-stops.js';
import type { MakeTriggerStore } from './trigger-store-subject.js';

export function triggerStoreConformance(make: MakeTriggerStore): void {
  describe('events', () => triggerStoreEvents(make));
  describe('lines', () => triggerStoreLines(make));
  describe('holds and vetoes', () => triggerStoreStops(make));
}
