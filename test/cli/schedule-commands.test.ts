import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { putLine } from '../gateway/put-line.js';
import { declareSchedules, endSchedules } from '../gateway/server-schedules.js';
import { type ServedGateway, serveGateway } from './served-gateway.js';

let served: ServedGateway;
let project: string;
let model: string;
beforeAll(async () => {
  served = await serveGateway();
  project = await served.room.newProject();
  model = `${project}/delay`;
  const nightly = { cron: '30 2 * * *', timeZone: 'Europe/Amsterdam' };
  await putLine(served.room, project, { schedules: { nightly } });
  await declareSchedules(served.room, project);
});
afterAll(async () => {
  await endSchedules(served.room, project);
  await served.close();
});

const ratchet = (...args: string[]) => served.ratchet(...args);

describe('ratchet schedule', () => {
  it('lists timetables with their next slots by the clock that they name', async () => {
    const { exitCode, stdout, stderr } = await ratchet('schedule', 'list', project);
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^schedule +kind +timetable +next +last +paused +drift from Git\n/);
    expect(stdout).toMatch(new RegExp(`\n${project} +refs +every 5 minutes +`));
    expect(stdout).toMatch(
      new RegExp(
        `\n${model} nightly +slot +cron 30 2 \\* \\* \\* in Europe/Amsterdam +\\S+T02:30 Europe/Amsterdam +- +- +-\n`,
      ),
    );
    const { json } = await ratchet('schedule', 'list', project, '--json');
    expect(json).toEqual((await served.room.ask('GET', `/api/v1/schedules?project=${project}`)).body);
  });

  it('pauses and resumes one, and shows who and why', async () => {
    const reason = ['--reason', 'the source is moved'];
    const paused = await ratchet('schedule', 'pause', model, 'nightly', ...reason);
    expect(paused).toMatchObject({ exitCode: 0, stdout: `nightly of ${model} is paused\n` });
    const { stdout } = await ratchet('schedule', 'list', project);
    expect(stdout).toMatch(/by admin since \S+: the source is moved +-\n/);
    const resumed = await ratchet('schedule', 'resume', model, 'nightly', ...reason, '--json');
    expect(resumed.json).toMatchObject({ by: 'admin', reason: 'the source is moved' });
    const again = await ratchet('schedule', 'resume', model, 'nightly', ...reason);
    const id = `schedule/${project}/delay/nightly`;
    expect(again).toMatchObject({ exitCode: 3, stderr: `CONFLICT: schedule ${id} is not paused\n` });
  });

  it('fires one now, and the slots of a time that is over', async () => {
    const now = await ratchet('schedule', 'run-now', model, 'nightly');
    expect(now.stdout).toBe(
      `nightly of ${model} fires\nwhat becomes of it: ratchet trigger list ${model} --kind schedule\n`,
    );
    const backfill = (from: string, to: string) =>
      ratchet('schedule', 'backfill', model, 'nightly', '--from', from, '--to', to);
    expect((await backfill('2025-03-29', '2025-04-01T00:30:00Z')).stdout).toBe(
      [
        '3 slots fire, from 2025-03-29T01:30:00.000Z to 2025-04-01T00:30:00.000Z',
        'local times that no clock showed: 2025-03-30T02:30',
        `what becomes of them: ratchet trigger list ${model} --kind schedule\n`,
      ].join('\n'),
    );
    expect((await backfill('2025-05-01', '2025-05-02')).stdout).toMatch(/^1 slot fires: 2025-05-01T00:30/);
    expect((await backfill('2025-05-01T12:00:00Z', '2025-05-01T13:00:00Z')).stdout).toBe(
      'no slot is in that time\n',
    );
    const local = await backfill('2025-05-01T12:00', '2025-05-02');
    expect([local.exitCode, local.stderr]).toEqual([2, expect.stringContaining('an instant as ISO-8601')]);
  });

  it('names those that there are', async () => {
    const { exitCode, stderr } = await ratchet('schedule', 'run-now', model, 'weekly');
    expect([exitCode, stderr]).toEqual([
      4,
      `NOT_FOUND: model ${model} has no schedule "weekly"; it has nightly\n`,
    ]);
  });
});
