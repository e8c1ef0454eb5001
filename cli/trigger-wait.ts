import { setTimeout as sleep } from 'node:timers/promises';
import { RatchetError } from '../domain/errors/ratchet-error.js';
import { printableLine } from '../domain/printable.js';
import { answered } from './answered.js';
import type { components } from './generated/api.js';
import type { ApiClient } from './open-client.js';
import { printJson, printLine } from './print.js';
import { outcomeText, printEvent } from './trigger-print.js';

type Event = components['schemas']['TriggerEventDetail'];

const intervalMs = 400;
/** A gateway that is restarted is back within this; a longer silence ends the waiting, not the event. */
const patienceMs = 60_000;

/** Follows an event until it is settled: a line whenever it waits for something else. One that starts nothing is an error. */
export async function waitForEvent(client: ApiClient, fired: Event, json: boolean): Promise<void> {
  const event = await followEvent(client, fired, (line) => {
    if (!json) printLine(printableLine(line));
  });
  if (json) printJson(event);
  else printEvent(event);
  if (event.outcome?.kind === 'suppressed')
    throw new RatchetError('TRIGGER_SUPPRESSED', `no run starts by it: ${outcomeText(event)}`);
}

async function followEvent(client: ApiClient, fired: Event, tell: (line: string) => void): Promise<Event> {
  let event = fired;
  let told: string | undefined;
  let lastAnswerMs = Date.now();
  while (event.outcome === null) {
    const words = outcomeText(event);
    if (words !== told) tell(words);
    told = words;
    await sleep(intervalMs);
    try {
      const params = { path: { id: event.id } };
      event = await answered(client.GET('/api/v1/triggers/{id}', { params }));
      lastAnswerMs = Date.now();
    } catch (error) {
      const away = error instanceof RatchetError && error.entry.kind === 'unavailable';
      if (!away || Date.now() - lastAnswerMs > patienceMs) throw error;
    }
  }
  return event;
}
