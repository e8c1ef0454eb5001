import { isDeepStrictEqual } from 'node:util';
import type { Demo, Scene } from '../demo.js';
import { endpointName } from '../endpoint.js';
import { tell } from '../narrator.js';
import { runRatchet } from '../run-ratchet.js';
import type { Distortion } from '../traffic/airline.js';
import { lossesOf } from '../traffic/losses.js';
import { playDays } from '../traffic/play-days.js';
import type { Traffic } from '../traffic/traffic.js';
import { firstVerdicts, incidentsOf, judgedTruthTo } from '../traffic/watched.js';
import { until } from '../until.js';

/** What moved, and the last day of the week that made it count. Nothing else did. */
const moves = (first: number, second: number) => ({
  [`version ${first}, sched_flights_hour`]: '2013-04-15',
  [`version ${first}, temp`]: '2013-04-22',
  [`version ${first}, route_delay_7d`]: '2013-04-29',
  [`version ${second}, temp`]: '2013-05-13',
  [`version ${second}, dewp`]: '2013-06-03',
});

/** For a week the stations report the pressure of the air in inches of mercury. */
const otherUnit: Distortion = (input, value, at) =>
  input === 'pressure' && typeof value === 'number' && at >= '2013-05-14' && at < '2013-05-21'
    ? value / 33.8639
    : value;

export const secondQuarterScene: Scene = {
  title: 'May and June: wrong data, a warmer world, and an alarm that has to wait',
  about:
    'In one week of May the pressure of the air comes in another unit: that is no drift, and goes to the data engineer. It grows warmer all the same. By the end of June the answers are too sure again; the second incident says so, and starts no run, since the first one is less than ten weeks ago.',
  async play(demo) {
    if (demo.traffic === undefined) throw new Error('there is no airline yet');
    const span = { from: '2013-04-30T02:00:00Z', to: '2013-07-02T06:00:00Z', distort: otherUnit };
    await playDays(demo, demo.traffic, span);
    const found = await judgedTruthTo(demo, '2013-07-01');
    await runRatchet(demo, ['monitor', 'show', `${demo.project}/${endpointName}`, '--as', 'dana']);
    const verdicts = firstVerdicts(found);
    for (const [what, day] of Object.entries(verdicts)) tell(`${what}: moved, known on ${day}`);
    const versions = [1, found.truth[0]?.modelVersion ?? 0] as const;
    const expected = moves(...versions);
    if (!isDeepStrictEqual(verdicts, expected))
      throw new Error(`what moved should have been ${JSON.stringify(expected)}`);
    const last = await heldIncident(demo);
    await runRatchet(demo, ['incident', 'list', `${demo.project}/${endpointName}`, '--as', 'dana']);
    const incidents = await incidentsOf(demo);
    const wrong = incidents.filter(({ kind }) => kind === 'data-skew');
    if (wrong.length !== 1 || !wrong[0]?.routedTo.includes('data-engineer'))
      throw new Error('one incident of wrong data should have gone to the data engineer');
    await runRatchet(demo, ['incident', 'explain', last.id, '--as', 'dana']);
    await compareJune(demo, demo.traffic, versions);
  },
};

/** What would have been, had nobody trained anew, or another algorithm: each version on the flights of June that came to an end. */
async function compareJune(demo: Demo, traffic: Traffic, [first, second]: readonly [number, number]) {
  const june = { from: '2013-06-01T00:00:00Z', to: '2013-07-01T00:00:00Z' };
  const versions = [first, second, demo.challenger ?? second];
  const [before = 0, after = 0, other = 0] = await lossesOf(demo, traffic, { versions, ...june });
  tell(`June: log loss ${after.toFixed(3)} by version ${second}; ${before.toFixed(3)} by version ${first}`);
  tell(`and ${other.toFixed(3)} by version ${demo.challenger}, the other algorithm on the same weeks`);
  if (!(after < before - 0.05)) throw new Error('June should have been served better by the newer version');
}

/** The second incident of harm, once its event was settled: by the cool-down. */
async function heldIncident(demo: Demo) {
  const last = await until('the second alarm is settled', async () => {
    const harmful = (await incidentsOf(demo)).filter(({ kind }) => kind === 'harmful-drift');
    return harmful.length > 1 && harmful.at(-1)?.run?.rule ? harmful.at(-1) : undefined;
  });
  if (last.run?.rule !== 'cool-down')
    throw new Error('the second incident of harm should have been held by the cool-down');
  return last;
}
