import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from '../../scripts/soak/chaos/until.js';
import { openProgramRoom, type ProgramRoom } from './program-room.js';
import { byWebhookAlone, createPushedProject, idleModel, type PushedProject } from './pushed-project.js';
import type { Edits } from './tiny-repository.js';

const project = 'large';
const models = Array.from({ length: 200 }, (_, at) => `model-${at}`);
const filesOfModel = 50;
const patienceMs = 200_000;

let room: ProgramRoom;
let at: PushedProject;
beforeAll(async () => {
  room = await openProgramRoom({ RATCHET_HOOK_SECRET: 'a-secret-of-hooks-that-is-long-enough' });
  await room.start('orchestrator');
  const folder = join(room.stateDir, 'bare');
  await mkdir(folder);
  const repo = join(folder, `${project}.git`);
  at = await createPushedProject(room, project, { folder, repo, edits: filesOfAll() });
});
afterAll(() => room.close());

/** Each model in a folder of its own, with its training code and much beside. */
function filesOfAll(): Edits {
  const list = models.map((name) => `  - { name: ${name}, path: models/${name} }`).join('\n');
  const others = models.flatMap((name) => [
    [`models/${name}/ratchet.yaml`, idleModel(name, `models/${name}/training`)],
    [`models/${name}/training/train.py`, `# ${name}\n`],
    ...Array.from({ length: filesOfModel - 2 }, (_, n) => [
      `models/${name}/training/part-${n}.py`,
      `# ${n}\n`,
    ]),
  ]);
  return {
    'ratchet.project.yaml': (text) =>
      text.replace(/^project: .*$/m, `project: ${project}`).replace(/^models:\n.*$/m, `models:\n${list}`) +
      byWebhookAlone,
    ...Object.fromEntries(others),
  };
}

async function trainedBy(head: string): Promise<readonly string[]> {
  const { events } = await room.stores.triggers.list({ project, key: `push:${head}`, limit: 200 });
  return events.map(({ model }) => model);
}

describe('a repository of 10,000 files and 200 models', { timeout: 240_000 }, () => {
  it('trains the one model whose file a push touches', async () => {
    const files = (await at.work.git('ls-files')).split('\n').length;
    expect(files).toBeGreaterThan(10_000);
    const head = await at.push({ 'models/model-117/training/part-7.py': '# another\n' });
    const { result } = await at.tell(head);
    expect(result).toContain('trains model-117');
    expect(await trainedBy(head)).toEqual(['model-117']);
    const runs = await until('its run', patienceMs, async () => {
      const { body } = await room.ask('GET', `/api/v1/runs?project=${project}`);
      return body.runs.length === 0 ? undefined : body.runs;
    });
    expect(runs).toMatchObject([{ model: 'model-117' }]);
  });

  it('trains none where a push touches what no model is made of', async () => {
    const head = await at.push({ 'docs/reading.md': 'Read me.\n' });
    expect((await at.tell(head)).result).toContain('trains none of 200 models');
    expect(await trainedBy(head)).toEqual([]);
  });
});
