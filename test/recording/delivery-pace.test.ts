import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { pickPorts } from '../../machine/free-ports.js';
import { nicenessOf, paceAt } from '../../serving/record/delivery-pace.js';
import { answered } from './answered-rows.js';
import { forward } from './forward.js';
import { recordingRoom, storedRows } from './recording-room.js';

const room = recordingRoom();
const mebibyte = 2 ** 20;

/** How far threads of this process stand behind others, those that do not left out. */
function nicenesses(): readonly number[] {
  return readdirSync('/proc/self/task').flatMap((thread) => {
    const stat = readFileSync(`/proc/self/task/${thread}/stat`, 'utf8');
    const nice = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[16]);
    return nice > 0 ? [nice] : [];
  });
}

test('the pace changes above a half and below a quarter, and stays between them', () => {
  const at = (filled: number) => [paceAt(filled, 'patient'), paceAt(filled, 'pressed')];
  expect(at(0.51)).toEqual(['pressed', 'pressed']);
  expect(at(0.5)).toEqual(['patient', 'pressed']);
  expect(at(0.25)).toEqual(['patient', 'pressed']);
  expect(at(0.24)).toEqual(['patient', 'patient']);
});

test.skipIf(process.platform !== 'linux')(
  'delivery takes what requests leave until half of the spool is taken, then its share, and every row is stored once',
  async () => {
    const { app, servingUrl } = await room.database();
    const { port: away = 0 } = await pickPorts([{ name: 'port', twin: false }], process.pid);
    const { port: to } = new URL(servingUrl);
    const { recorder, numbers, log, close } = room.record({
      databaseUrl: servingUrl.replace(`:${to}/`, `:${away}/`),
      mostBytes: mebibyte,
    });
    await expect.poll(nicenesses).toEqual([nicenessOf.patient]);
    const rows = Array.from({ length: 100 }, (_, at) => at);
    let answers = 0;
    for (; numbers().bytes < 0.6 * mebibyte; answers += 1) await recorder.record(answered(...rows));
    recorder.roll();
    await expect.poll(nicenesses).toEqual([nicenessOf.pressed]);
    await forward(away, Number(to));
    await expect.poll(() => numbers().delivered).toBe(answers * rows.length);
    await expect.poll(nicenesses).toEqual([nicenessOf.patient]);
    await close();
    expect(await storedRows(app)).toHaveLength(answers * rows.length);
    expect(numbers()).toMatchObject({ dropped: 0, setAside: 0, duplicates: 0, records: 0 });
    expect(log.join('')).toMatch(/"pace":"pressed".*"pace":"patient"/s);
  },
);
