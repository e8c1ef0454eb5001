/** Records a history of every story and ending: npx tsx test/replay/record.ts [name ...], without names all of them. */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { endings, playEnding } from '../workflows/endings.js';
import { openStoryRoom } from '../workflows/story-room.js';

/** Nothing of the machine that recorded. */
const withoutPlace = (key: string, value: unknown) =>
  key === 'stackTrace' ? '' : key === 'identity' ? 'recorder' : value;

const folder = fileURLToPath(new URL('histories/', import.meta.url));
const asked = process.argv.slice(2);
const room = await openStoryRoom({ maxCachedWorkflows: 50 });
mkdirSync(folder, { recursive: true });
if (asked.length === 0) for (const old of readdirSync(folder)) rmSync(folder + old);
for (const name of asked.length > 0 ? asked : Object.keys(endings)) {
  const { handle } = await playEnding(room, name);
  const history = JSON.parse(historyToJSON(await handle.fetchHistory()), withoutPlace);
  writeFileSync(`${folder}${name}.json`, `${JSON.stringify(history)}\n`);
  console.log(`${name}: ${history.events.length} events`);
}
await room.close();
