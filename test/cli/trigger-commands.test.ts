import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { workflowIds } from '../../domain/names.js';
import type { TriggerEvent } from '../../domain/triggers/trigger-event.js';
import { alarm, oneRun } from '../conformance/trigger-store-subject.js';
import { newRunId } from '../gateway/gateway-room.js';
import { putLine } from '../gateway/put-line.js';
import { type ServedGateway, serveGateway } from './served-gateway.js';

let served: ServedGateway;
let project: string;
let model: string;
const woken: string[] = [];
beforeAll(async () => {
  served = await serveGateway();
});
beforeEach(async () => {
  project = await served.room.newProject();
  model = `${project}/delay`;
  await putLine(served.room, project);
  woken.push(project);
});
afterAll(async () => {
  for (const name of woken)
    await served.room.deps.client.workflow
      .getHandle(workflowIds.handleTriggers(name, 'delay'))
      .terminate('the test is over')
      .catch(() => undefined);
  await served.close();
});

const ratchet = (...args: string[]) => served.ratchet(...args);
const line = () => ({ project, model: 'delay' });

async function record(...keys: string[]): Promise<readonly TriggerEvent[]> {
  await served.room.deps.triggers.record(keys.map((key) => alarm(project, key)));
  return (await served.room.deps.triggers.list({ project })).events.toReversed();
}

/** As the line settles it when it starts a run. */
async function start(causes: readonly TriggerEvent[]): Promise<string> {
  const run = newRunId();
  await served.room.deps.triggers.settle(line(), oneRun(run, causes));
  return run;
}

describe('ratchet trigger list', () => {
  it('prints every event with what became of it, and how to read on', async () => {
    const [first, second, third] = await record('a', 'b', 'c');
    const run = await start([first, second].flatMap((event) => event ?? []));
    const { exitCode, stdout } = await ratchet('trigger', 'list', model);
    expect(exitCode).toBe(0);
    const [head, ...rows] = stdout.trimEnd().split('\n');
    expect(head).toMatch(/^event +model +kind +came +again +outcome +by +about$/);
    expect(rows).toEqual([
      expect.stringMatching(
        new RegExp(`^${third?.id}  ${model}  monitoring .*  waits for its line, which looks at it next `),
      ),
      expect.stringMatching(new RegExp(`^${second?.id} .*  merged into run ${run} +-  alarm b by psi: 0.31`)),
      expect.stringMatching(new RegExp(`^${first?.id} .*  started run ${run} `)),
    ]);
    const page = await ratchet('trigger', 'list', project, '--outcome', 'merged', '--limit', '1');
    expect(page.stdout).toContain(second?.id ?? 'none');
    expect(page.stdout).not.toContain('more:');
    const one = await ratchet('trigger', 'list', model, '--kind', 'monitoring', '--limit', '2');
    const next = /more: ratchet (trigger list .* --kind monitoring --limit 2 --after \S+)\n/.exec(one.stdout);
    expect((await ratchet(...(next?.[1] ?? '').split(' '))).stdout).toContain(first?.id ?? 'none');
    const causes = await ratchet('trigger', 'list', '--run', run, '--json');
    expect(causes.json.events.map(({ key }: TriggerEvent) => key)).toEqual(['b', 'a']);
  });

  it('says above who holds a model, and what would fill an empty list', async () => {
    expect((await ratchet('trigger', 'list', model)).stdout).toBe(
      'no event: ratchet trigger fire <project>/<model>\n',
    );
    const held = await ratchet('model', 'hold', model, '--reason', 'the source is moved');
    expect(held).toMatchObject({ exitCode: 0, stdout: `${model} is held\n` });
    const { stdout } = await ratchet('trigger', 'list', project);
    expect(stdout).toMatch(new RegExp(`^${model} is held by admin since \\S+: the source is moved\n\n`));
    const released = await ratchet('model', 'release', model, '--reason', 'done', '--json');
    expect(released.json).toMatchObject({ ...line(), by: 'admin', reason: 'the source is moved' });
    const again = await ratchet('model', 'release', model, '--reason', 'done');
    expect(again).toMatchObject({ exitCode: 3, stderr: `CONFLICT: model ${model} is not held\n` });
  });
});

describe('ratchet trigger show', () => {
  it('prints an event whole, with the changed files of a push and the way to its run', async () => {
    const commit = 'ab'.repeat(20);
    await served.room.deps.triggers.record([
      {
        ...{ project, model: 'delay', kind: 'push', key: `push:${commit}`, by: 'ann' },
        at: '2026-01-01T00:00:00.000Z',
        facts: {
          ...{ kind: 'push', ref: 'refs/heads/main', commit, before: null, author: 'Ann' },
          ...{ subject: 'Mend \u001b[2J the labels', paths: ['delay/train.py'], files: 3 },
        },
      },
    ]);
    const { events } = await served.room.deps.triggers.list({ project });
    const run = await start(events);
    const { stdout } = await ratchet('trigger', 'show', events[0]?.id ?? '');
    expect(stdout).toContain('about    abababababab by Ann on main: Mend \\x1b[2J the labels\n');
    expect(stdout).toContain('changed  delay/train.py and 2 more\n');
    expect(stdout).toContain(`outcome  started run ${run}\n`);
    expect(stdout).toContain(`the run: ratchet run show ${run}\n`);
    const shown = await ratchet('run', 'show', run);
    expect(shown.stdout).toContain('automatic  yes: cool-down, budgets and holds are for such runs\n');
    expect(shown.stdout).toContain(
      [
        'its cause',
        'push  abababababab by Ann on main: Mend \\x1b[2J the labels',
        '  changed delay/train.py and 2 more',
        '  by ann, at 2026-01-01T00:00:00.000Z',
        `  ratchet trigger show ${events[0]?.id}`,
        '',
      ].join('\n'),
    );
  });

  it('prints how an announced run is stopped, which veto does', async () => {
    const [event] = await record('a');
    const proposed = [event?.id ?? ''];
    await served.room.deps.triggers.settle(line(), { outcomes: [], proposed, run: null });
    const { stdout } = await ratchet('trigger', 'show', event?.id ?? '');
    expect(stdout).toContain(`stop its run: ratchet trigger veto ${model} --reason <text>\n`);
    const stopped = await ratchet('trigger', 'veto', model, '--reason', 'the sensor is broken');
    expect(stopped.stdout).toBe(`the run of ${model} is stopped; events that asked for it: 1\n`);
    expect((await ratchet('trigger', 'show', event?.id ?? '')).stdout).toContain(
      'outcome    suppressed by veto: admin: the sensor is broken\n',
    );
    const nothing = await ratchet('trigger', 'veto', model, '--reason', 'x');
    expect([nothing.exitCode, nothing.stderr]).toEqual([3, expect.stringContaining('no run of')]);
    const unknown = newRunId();
    expect(await ratchet('trigger', 'show', unknown)).toMatchObject({
      exitCode: 4,
      stderr: `NOT_FOUND: there is no event "${unknown}"\n`,
    });
  });
});

describe('ratchet trigger fire', () => {
  it('prints the event and how to follow it; the same key is the same event', async () => {
    const { stdout } = await ratchet('trigger', 'fire', model, '--key', 'k', '--reason', 'mended');
    const [id] = stdout.split('\n');
    expect(stdout).toBe(`${id}\nwhat becomes of it: ratchet trigger show ${id}\n`);
    const again = await ratchet('trigger', 'fire', model, '--key', 'k', '--reason', 'mended', '--json');
    expect(again.json).toMatchObject({ id, repeats: 1, facts: { kind: 'manual', reason: 'mended' } });
  });

  it('waits until a run starts, and says meanwhile what for', async () => {
    const waiting = ratchet('trigger', 'fire', model, '--wait');
    const [fired] = await settled();
    const run = await start(fired ? [fired] : []);
    const { exitCode, stdout } = await waiting;
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^waits for its line, which looks at it next\nevent +/);
    expect(stdout).toContain(`the run: ratchet run show ${run}\n`);
  });

  it('that starts nothing is refused with the rule', async () => {
    const waiting = ratchet('trigger', 'fire', model, '--wait', '--json');
    const [fired] = await settled();
    const outcome = { kind: 'suppressed', rule: 'held', reason: 'omar holds the model' } as const;
    const outcomes = [{ id: fired?.id ?? '', outcome }];
    await served.room.deps.triggers.settle(line(), { outcomes, proposed: [], run: null });
    const { exitCode, stderr, json } = await waiting;
    expect([exitCode, stderr]).toEqual([
      3,
      'TRIGGER_SUPPRESSED: no run starts by it: suppressed by held: omar holds the model\n',
    ]);
    expect(json.outcome).toEqual({ ...outcome, runId: null });
  });

  /** The events of the project, once there is one. */
  async function settled(): Promise<readonly TriggerEvent[]> {
    const events = async () => (await served.room.deps.triggers.list({ project })).events;
    await expect.poll(async () => (await events()).length).toBe(1);
    return events();
  }
});
