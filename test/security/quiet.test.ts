import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packageRoot } from '../../stack/package-root.js';
import { ensureTools } from '../../stack/toolchain.js';
import { makeHome, removeHome } from '../stack/fixtures/state-folder.js';
import { createTinyRepository } from '../workers/tiny-repository.js';
import { holdModel, holdModelUnsilenced } from './watched-network/hold-model.js';
import { isLoopback, listeningIn } from './watched-network/listening-addresses.js';
import { missingParts } from './watched-network/missing-parts.js';
import { isSame, phoneHome } from './watched-network/phone-home.js';
import { openWatchedNetwork, type WatchedNetwork } from './watched-network/watched-network.js';

const missing = missingParts();
/** The stack alone has more sockets than this: seven parts with their twins and metrics. */
const fewestSockets = 18;
const betweenLooksMs = 500;

it.runIf(process.env['CI'] === 'true')('has what it takes to watch a network on this machine', () => {
  expect(missing).toEqual([]);
});

describe.skipIf(missing.length > 0)(
  `in a watched network (missing: ${missing.join(', ') || 'nothing'})`,
  () => {
    const home = makeHome();
    let network: WatchedNetwork;
    let loud: WatchedNetwork;
    let unsilenced: Promise<string>;

    beforeAll(async () => {
      // Asks the network of this machine where it was not done before.
      await ensureTools(['temporal', 'weed'], () => undefined);
      [network, loud] = await Promise.all([openWatchedNetwork([home]), openWatchedNetwork([])]);
      // Takes its time, while the others are played.
      unsilenced = holdModelUnsilenced(loud);
    });
    afterAll(async () => {
      await Promise.all([network.close(), loud.close()]);
      removeHome(home);
    });

    const ratchet = (...args: readonly string[]) =>
      network.run([process.execPath, join(packageRoot(), 'dist/cli/main.js'), ...args], {
        RATCHET_STATE_DIR: join(home, 'state'),
        HOME: home,
      });

    async function wholeRun(): Promise<{ readonly status: string }> {
      const { path } = await createTinyRepository(join(home, 'repository'));
      await ratchet('project', 'add', '--repo', path);
      return JSON.parse(await ratchet('run', 'start', 'tiny/tiny', '--watch', '--json'));
    }

    /** Every socket that listened at some time while the work was done. */
    async function listeningDuring(work: Promise<unknown>): Promise<readonly string[]> {
      const sockets = new Set<string>();
      const over = new AbortController();
      const ended = work.finally(() => over.abort());
      while (!over.signal.aborted) {
        for (const socket of await listeningIn(network)) sockets.add(socket);
        await sleep(betweenLooksMs);
      }
      await ended;
      return [...sockets];
    }

    it('a look-up, a packet to an address outside and a socket for everybody are seen', async () => {
      const calls = await phoneHome(network, 'control.example');
      expect(network.seen().filter((seen) => !calls.some((call) => isSame(seen, call)))).toEqual([]);
      const open = `const { createServer } = require('node:net');
      const servers = ['0.0.0.0', '127.0.0.1', '::1', '10.77.0.2'].map((host) => createServer().listen(0, host));
      setTimeout(() => process.exit(), 2000);`;
      const sockets = await listeningDuring(network.run([process.execPath, '-e', open]));
      const addresses = sockets.map(
        (socket) => `${socket.split(':')[0]} ${isLoopback(socket) ? 'loopback' : 'open'}`,
      );
      expect(addresses.toSorted()).toEqual([
        'tcp 00000000 open',
        'tcp 0100007F loopback',
        'tcp 0100007F loopback',
        'tcp 02004D0A open',
        'tcp6 00000000000000000000000001000000 loopback',
        'udp 0100007F loopback',
      ]);
    });

    it('the whole stack looks up no name, sends nothing outside and listens on loopback alone, a whole run through', async () => {
      const since = network.seen().length;
      await ratchet('up', '--detach');
      const run = wholeRun();
      const sockets = await listeningDuring(Promise.all([run, holdModel(network)]));
      await ratchet('down');
      const calls = await phoneHome(network, 'end-of-the-run.example');
      const told = network.seen().slice(since);
      expect(told.filter((seen) => !calls.some((call) => isSame(seen, call)))).toEqual([]);
      expect(sockets.filter((socket) => !isLoopback(socket))).toEqual([]);
      expect(sockets.length).toBeGreaterThan(fewestSockets);
      expect((await run).status).toBe('succeeded');
    });

    it('onnxruntime itself looks up its maker when nothing keeps it quiet, and that is seen', async () => {
      await unsilenced;
      expect(loud.seen()).toContainEqual({ kind: 'look-up', to: expect.stringMatching(/microsoft\.com$/) });
    });
  },
);
