import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openBlobStore } from '../../db/blobs/open-blob-store.js';
import { migrate } from '../../db/migrate.js';
import { type RunningStack, startStack } from '../../stack/start-stack.js';
import { loadConfig } from '../../temporal.config.js';
import { makePromotionWorld, policyOf } from '../conformance/promotion-world.js';
import { championSubject } from '../db/champion-room.js';
import { type DatabaseRoom, openRoomIn } from '../db/database-room.js';
import { championsOfFiles } from '../registry-serving/champions-of-files.js';
import { addsTo } from '../serving/small-models.js';
import { inDatabase } from '../setup/database-template.js';
import { nodeArgs } from '../setup/own-program.js';
import { withoutSettings } from '../setup/settings-free.js';
import { makeHome, removeHome } from '../stack/fixtures/state-folder.js';

const home = makeHome();
const stateDir = join(home, 'state');
const env = withoutSettings(process.env);
const children: ChildProcess[] = [];
let stack: RunningStack;
let room: DatabaseRoom;

beforeAll(async () => {
  stack = await startStack({ stateDir, processes: false, ui: false, log: () => undefined, env });
  const { admin, owner, app, serving } = stack.database;
  if (admin === null || serving === null) throw new Error('the stack has no database of its own');
  await migrate(owner);
  const adminUrl = inDatabase(admin, 'ratchet');
  room = openRoomIn({
    adminUrl,
    ownerUrl: owner,
    appUrl: app,
    servingUrl: serving,
    drop: async () => undefined,
  });
});
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  await room?.close().catch(() => undefined);
  await stack?.stop();
  removeHome(home);
});

/** `ratchet serve` as a user types it. */
async function serve(model: string) {
  const ports = ['--http-port', '0', '--grpc-port', '0', '--metrics-port', '0'];
  const args = [...nodeArgs('cli/main'), 'serve', model, '--state-dir', stateDir, ...ports];
  const child = spawn(process.execPath, args, { cwd: home, env, stdio: ['ignore', 'pipe', 'pipe'] });
  children.push(child);
  const said = { out: '', err: '' };
  for (const [stream, to] of [
    [child.stdout, 'out'],
    [child.stderr, 'err'],
  ] as const) {
    stream.on('data', (text: Buffer) => {
      said[to] += text;
    });
  }
  const ended = once(child, 'close').then(([code]) => code as number | null);
  const isOver = () => child.exitCode !== null || said.out.includes('Ctrl-C');
  await expect.poll(isOver).toBe(true);
  const http = /examples +(\S+)/.exec(said.out)?.[1] ?? '';
  const predict = async () => {
    const answer = await fetch(`${http}/predict`, { method: 'POST', body: '[1]' });
    return (await answer.json()) as { predictions?: number[]; model_version?: string };
  };
  return { child, said, ended, http, predict };
}

it('ratchet serve follows the champion, answers when every store is killed, and is served again without them', {
  timeout: 400_000,
}, async () => {
  const store = openBlobStore(loadConfig(stack.env).blobs);
  const world = await makePromotionWorld(await championSubject(room), policyOf('alone'));
  const { champion } = championsOfFiles(world, store);
  await champion(addsTo(1));
  const model = `${world.project}/delay@champion`;
  const server = await serve(model);
  expect(await server.predict(), server.said.err).toMatchObject({ predictions: [2], model_version: '1' });
  const page = await fetch(server.http, { headers: { accept: 'text/html' } });
  expect(await page.text()).toContain('/v2/models/delay');
  await champion(addsTo(2));
  await expect.poll(server.predict).toMatchObject({ predictions: [3], model_version: '2' });
  stack.kill();
  await expect.poll(() => server.said.err).toContain('PART_UNAVAILABLE');
  expect(await server.predict()).toMatchObject({ predictions: [3], model_version: '2' });
  server.child.kill('SIGKILL');
  await server.ended;
  const again = await serve(model);
  expect(await again.predict(), again.said.err).toMatchObject({ predictions: [3], model_version: '2' });
  again.child.kill('SIGTERM');
  expect(await again.ended).toBe(0);
  const unknown = await serve(`${world.project}/other@champion`);
  expect(await unknown.ended).toBe(5);
  expect(unknown.said.err).toMatch(/^PART_UNAVAILABLE: /);
  expect(unknown.said.err).not.toContain(new URL(stack.database.serving ?? '').password);
  store.close();
});
