/** Records a history of every story and ending: npx tsx test/replay/record.ts [name ...], without names all of them. */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { endings, playEnding } from '../workflows/endings.js';
import { openStoryRoom } from '../workflows/story-room.js';

const patienceMs = 60_000;

/** Nothing of the machine that recorded. */
const withoutPlace = (key: string, value: unknown) =>
  key === 'stackTrace' ? '' : key === 'identity' ? 'recorder' : value;

const folder = fileURLToPath(new URL('histories/', import.meta.url));
const asked = process.argv.slice(2);
const room = await openStoryRoom({ maxCachedWorkflows: 50 });
mkdirSync(folder, { recursive: true });
for (const name of asked.length > 0 ? asked : Object.keys(endings)) {
  const { handle } = await inTime(name, playEnding(room, name));
  const history = JSON.parse(historyToJSON(await handle.fetchHistory()), withoutPlace);
  writeFileSync(`${folder}${name}.json`, `${JSON.stringify(history)}\n`);
  console.log(`${name}: ${history.events.length} events`);
}
if (asked.length === 0) removeOthers();
await room.close();

/** A story that waits for a clock that stands still would wait for ever, and say nothing. */
async function inTime<T>(name: string, playing: Promise<T>): Promise<T> {
  const timer = setTimeout(() => {
    console.error(
      `${name} did not end in ${patienceMs / 1000} s; by its name alone, in a room of its own, it may`,
    );
    process.exit(1);
  }, patienceMs);
  const played = await playing;
  clearTimeout(timer);
  return played;
}

/** Histories that no ending has the name of. */
function removeOthers(): void {
  const kept = new Set(Object.keys(endings).map((name) => `${name}.json`));
  for (const file of readdirSync(folder)) if (!kept.has(file)) rmSync(folder + file);
}
