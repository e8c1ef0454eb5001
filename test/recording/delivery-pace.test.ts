import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { pickPorts } from '../../machine/free-ports.js';
import { createPacer } from '../../serving/record/delivery-pace.js';
import { answered } from './answered-rows.js';
import { forward } from './forward.js';
import { recordingRoom, storedRows } from './recording-room.js';

const room = recordingRoom();
const mebibyte = 2 ** 20;

/** How far threads of this process stand behind others, those that do not left out: see proc_pid_stat(5). */
function behind(): readonly { readonly nice: number; readonly isIdle: boolean }[] {
  return readdirSync('/proc/self/task').flatMap((thread) => {
    const stat = readFileSync(`/proc/self/task/${thread}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const [nice, policy] = [Number(fields[16]), Number(fields[38])];
    return nice > 0 ? [{ nice, isIdle: policy === idlePolicy }] : [];
  });
}

const idlePolicy = 5;
const mayBeIdle = spawnSync('chrt', ['--idle', '0', 'true']).status === 0;
const patient = { nice: 19, isIdle: mayBeIdle };
const pressed = { nice: 10, isIdle: false };

test('delivery stands back until it waits too long or fills half of the spool, and again once it kept up for long', () => {
  let nowMs = 0;
  const paceOf = createPacer(300_000, () => nowMs);
  const at = (ms: number, filled: number, oldestMs: number) => {
    nowMs = ms;
    return paceOf({ filled, oldestMs });
  };
  expect(at(0, 0, 0)).toBe('patient');
  expect(at(1000, 0.5, 10_000)).toBe('patient');
  expect(at(2000, 0.51, 0)).toBe('pressed');
  expect(at(301_999, 0, 0)).toBe('pressed');
  expect(at(302_000, 0, 0)).toBe('patient');
  expect(at(303_000, 0, 10_001)).toBe('pressed');
  expect(at(500_000, 0.6, 0)).toBe('pressed');
  expect(at(799_999, 0, 0)).toBe('pressed');
  expect(at(800_000, 0, 0)).toBe('patient');
});

test.skipIf(process.platform !== 'linux')(
  'delivery takes what requests leave until half of the spool is taken, then its share, and every row is stored once',
  async () => {
    const { app, servingUrl } = await room.database();
    const { port: away = 0 } = await pickPorts([{ name: 'port', twin: false }], process.pid);
    const { port: to } = new URL(servingUrl);
    const { recorder, numbers, log, close } = room.record({
      databaseUrl: servingUrl.replace(`:${to}/`, `:${away}/`),
      ...{ mostBytes: mebibyte, calmMs: 500 },
    });
    await expect.poll(behind).toEqual([patient]);
    const rows = Array.from({ length: 100 }, (_, at) => at);
    let answers = 0;
    for (; numbers().bytes < 0.6 * mebibyte; answers += 1) await recorder.record(answered(...rows));
    recorder.roll();
    await expect.poll(behind).toEqual([pressed]);
    await forward(away, Number(to));
    await expect.poll(() => numbers().delivered).toBe(answers * rows.length);
    await new Promise((resolve) => setTimeout(resolve, 600));
    await recorder.record(answered(1));
    recorder.roll();
    await expect.poll(behind).toEqual([patient]);
    await expect.poll(() => numbers().delivered).toBe(answers * rows.length + 1);
    await close();
    expect(await storedRows(app)).toHaveLength(answers * rows.length + 1);
    expect(numbers()).toMatchObject({ dropped: 0, setAside: 0, records: 0 });
    expect(log.join('')).toMatch(/"pace":"pressed".*"pace":"patient"/s);
  },
);
