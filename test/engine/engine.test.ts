import { mkdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createEngine } from '../../activities/adapters/engine/create-engine.js';
import type { WantedContainer } from '../../domain/engine/container-spec.js';
import { engineLabels } from '../../domain/engine/labels.js';
import type { WantedImage } from '../../domain/ports/engine.js';
import { codeOf } from '../conformance/error-code.js';
import { describeEngine, type EngineRoom, openEngineRoom, socketPath } from './engine-room.js';

const agent = `test-verbs-${process.pid}`;
let room: EngineRoom;

async function wantedImage(name: string, text: string): Promise<WantedImage> {
  const folder = join(room.root, name);
  await mkdir(join(folder, 'first'), { recursive: true });
  await mkdir(join(folder, 'last'), { recursive: true });
  await writeFile(join(folder, 'first/kept.txt'), 'as it was');
  await writeFile(join(folder, 'last/main.js'), text);
  const recipe = {
    base: room.base,
    parts: ['first', 'last'],
    env: {},
    ports: [8000],
    command: ['/usr/bin/node', '/app/last/main.js'],
    healthCheck: ['/usr/bin/node', '--version'],
  };
  return { folder, recipe, labels: { [engineLabels.commit]: 'c1' }, run: 'run-1' };
}

const stays =
  'process.on("SIGTERM", () => process.exit(0)); setInterval(() => {}, 1000); console.log("up"); console.error("beside");';
const wanted = (image: string, change: Partial<WantedContainer> = {}): WantedContainer => ({
  image,
  labels: { [engineLabels.endpoint]: 'verbs' },
  env: {},
  reads: [],
  scratch: [],
  network: 'none',
  limits: { memoryBytes: 128 * 1024 ** 2, cpus: 0.5, processes: 32 },
  isKept: false,
  ...change,
});

describeEngine('the engine', () => {
  beforeAll(async () => {
    room = await openEngineRoom(agent);
  });
  afterAll(() => room.leave());

  it('tells its version and that of the program which starts containers', async () => {
    expect(await room.engine.version()).toMatchObject({
      version: expect.stringMatching(/^\d+\.\d+/),
      components: { runc: expect.stringMatching(/^\d/), containerd: expect.any(String) },
    });
  });

  it('builds equal content once, whatever the times of the files, and labels it with where it came from', async () => {
    const first = await room.engine.build(await wantedImage('once', stays));
    const again = await room.engine.build({ ...(await wantedImage('once-more', stays)), run: 'run-2' });
    expect([first.isReused, again.isReused, again.id]).toEqual([false, true, first.id]);
    expect(first.labels).toMatchObject({
      [engineLabels.commit]: 'c1',
      [engineLabels.run]: 'run-1',
      [engineLabels.base]: room.base,
      [engineLabels.agent]: agent,
    });
    const { Config } = await room.docker.getImage(first.id).inspect();
    expect([Config.User, Config.Healthcheck?.Test]).toEqual([
      '10001:10001',
      ['CMD', '/usr/bin/node', '--version'],
    ]);
  });

  it('builds no layer again whose content and ground are what they were', async () => {
    const layersOf = async (id: string) => (await room.docker.getImage(id).inspect()).RootFS.Layers ?? [];
    const before = await room.engine.build(await wantedImage('layers', stays));
    const after = await room.engine.build(await wantedImage('layers', `${stays} // changed`));
    const [one, two] = [await layersOf(before.id), await layersOf(after.id)];
    expect(after.isReused).toBe(false);
    expect(two.slice(0, -1)).toEqual(one.slice(0, -1));
    expect(two.at(-1)).not.toBe(one.at(-1));
  });

  it('refuses a base that is a tag, and a link that leads out of the folder', async () => {
    const image = await wantedImage('tagged', stays);
    const onTag = { ...image, recipe: { ...image.recipe, base: 'node:20' } };
    expect(await codeOf(room.engine.build(onTag))).toBe('ENGINE_REFUSED');
    await symlink('../../../etc/passwd', join(image.folder, 'last/passwd'));
    await expect(room.engine.build(image)).rejects.toMatchObject({
      code: 'ENGINE_REFUSED',
      message: '"last/passwd" is a link that leads out of its folder',
    });
  });

  it('tells what is wrong with a build by the words of the engine', async () => {
    const image = await wantedImage('broken', stays);
    const broken = { ...image, recipe: { ...image.recipe, parts: ['first', 'missing'] } };
    await expect(room.engine.build(broken)).rejects.toMatchObject({
      code: 'IMAGE_FAILED',
      message: expect.stringContaining('missing'),
    });
  });

  it('saves an image as an archive whose layers are those that it has', async () => {
    const { id } = await room.engine.build(await wantedImage('saved', stays));
    const path = join(room.root, 'saved.tar');
    await room.engine.save(id, path);
    const archive = await readFile(path);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(archive.includes(`${id.slice('sha256:'.length)}.json`)).toBe(true);
    expect(await codeOf(room.engine.save(`sha256:${'0'.repeat(64)}`, join(room.root, 'none.tar')))).toBe(
      'IMAGE_NOT_FOUND',
    );
  });

  it('starts a container once by its name, tells its log, and ends it in order', async () => {
    const { id } = await room.engine.build(await wantedImage('runs', stays));
    const name = `${agent}-runs`;
    const [one, two] = [await room.engine.run(name, wanted(id)), await room.engine.run(name, wanted(id))];
    expect([two.id, two.state]).toEqual([one.id, 'running']);
    await expect
      .poll(async () => (await room.engine.logs(name, 10)).map((line) => line.split(' ')[1]).toSorted())
      .toEqual(['beside', 'up']);
    const other = wanted(id, { labels: { [engineLabels.endpoint]: 'another' } });
    expect(await codeOf(room.engine.run(name, other))).toBe('CONFLICT');
    await room.engine.remove(name, 5000);
    await room.engine.remove(name, 5000);
    expect(await room.engine.containers({ [engineLabels.endpoint]: 'verbs' })).toEqual([]);
  });

  it('neither shows nor touches what is not its own', async () => {
    const { id } = await room.engine.build(await wantedImage('foreign', stays));
    const name = `${agent}-foreign`;
    await room.engine.run(name, wanted(id));
    const stranger = createEngine({ socketPath, root: room.root, agent: `${agent}-stranger` });
    await stranger.remove(name, 0);
    expect([await stranger.containers(), await stranger.pruneImages([])]).toEqual([[], 0]);
    expect(await codeOf(stranger.logs(name, 1))).toBe('NOT_FOUND');
    expect((await room.engine.containers()).map((c) => [c.name, c.state])).toEqual([[name, 'running']]);
    await room.engine.remove(name, 0);
  });

  it('binds nothing from outside of its root, also not over a link', async () => {
    const { id } = await room.engine.build(await wantedImage('binds', stays));
    await symlink('/etc/passwd', join(room.root, 'innocent'));
    for (const source of ['/etc/passwd', join(room.root, 'innocent')]) {
      const reads = [{ source, target: '/run/passwd' }];
      await expect(room.engine.run(`${agent}-binds`, wanted(id, { reads }))).rejects.toMatchObject({
        code: 'ENGINE_REFUSED',
        message: expect.stringContaining('HostConfig.Mounts'),
      });
    }
    expect(await room.engine.containers()).toEqual([]);
  });

  it('says so where there is none', async () => {
    const nobody = createEngine({ socketPath: join(room.root, 'none.sock'), root: room.root, agent });
    expect(await codeOf(nobody.version())).toBe('PART_UNAVAILABLE');
  });
});
