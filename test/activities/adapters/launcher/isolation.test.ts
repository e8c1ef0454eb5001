import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { access, chmod, chown, constants, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLauncher } from '../../../../activities/adapters/launcher/create-launcher.js';
import { makeRunPlace, pathPython, programPython, type RunPlace, shell } from './run-place.js';

const isRoot = process.getuid?.() === 0;
const worker = fileURLToPath(new URL('./launch-once.ts', import.meta.url));

let place: RunPlace;
beforeAll(async () => {
  place = await makeRunPlace();
});
afterAll(() => place.remove());

describe('isolation', () => {
  it('reports every tier with its reason', async () => {
    const report = await place.launcher.inspect();
    expect(report.tiers.map(({ tier }) => tier)).toEqual(['container', 'namespace', 'uid', 'none']);
    expect(report.tiers.every(({ reason }) => reason.length > 0)).toBe(true);
    expect(report.tiers.find(({ tier }) => tier === 'none')?.available).toBe(true);
  });

  it('that is weaker than asked for refuses the launch and says why', async () => {
    const weak = createLauncher({ stateDir: place.stateDir, python: pathPython(), tiers: ['none'] });
    expect((await weak.inspect()).tier).toBe('none');
    const launch = weak.launch(place.spec(['/bin/true'], { leastTier: 'uid' }));
    await expect(launch).rejects.toMatchObject({
      code: 'ISOLATION_WEAK',
      message: expect.stringContaining('switched off by a setting'),
    });
    const result = await weak.launch(place.spec(['/bin/true']));
    expect(result).toMatchObject({ tier: 'none', exitCode: 0 });
  });

  it('leaves the network open where it is declared, and a device that is named', async () => {
    let visits = 0;
    const server = createServer((socket) => {
      visits += 1;
      socket.end();
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    try {
      const { port } = server.address() as AddressInfo;
      const connect = `import socket; socket.create_connection(("127.0.0.1", ${port})).recv(1)`;
      const script = 'test -c /dev/tty && exec "$1" -c "$2"';
      const command = shell(script, programPython, connect);
      const result = await place.launcher.launch(
        place.spec(command, { network: 'full', devices: ['/dev/tty'] }),
      );
      expect(result).toMatchObject({ exitCode: 0, tail: '' });
      expect(visits).toBe(1);
    } finally {
      server.close();
    }
  });

  it('is not undone by a folder that holds the state directory, or by a link', async () => {
    const around = place.launcher.launch(place.spec(['/bin/true'], { readOnly: [place.base] }));
    await expect(around).rejects.toMatchObject({
      code: 'ISOLATION_WEAK',
      message: expect.stringContaining('state'),
    });
    await symlink('/etc', join(place.output, 'laid'));
    const readOnly = [join(place.output, 'laid', 'ssl')];
    const behind = place.launcher.launch(place.spec(['/bin/true'], { readOnly }));
    await expect(behind).rejects.toMatchObject({
      code: 'ISOLATION_WEAK',
      message: expect.stringContaining('link'),
    });
  });

  it.runIf(isRoot)(
    'by a user of its own needs folders that are open to others, and names the one that is not',
    async () => {
      const closed = join(place.base, 'closed home');
      await mkdir(join(closed, 'data'), { recursive: true });
      await chmod(closed, 0o700);
      const only = createLauncher({ stateDir: place.stateDir, python: pathPython(), tiers: ['uid'] });
      const spec = place.spec(['/bin/true'], { readOnly: [join(closed, 'data')], leastTier: 'uid' });
      await expect(only.launch(spec)).rejects.toMatchObject({
        code: 'ISOLATION_WEAK',
        message: expect.stringContaining(`chmod o+rx '${closed}'`),
      });
    },
  );

  it.runIf(isRoot)('does not hand over a file that has another name elsewhere', async () => {
    const folder = join(place.output, 'linked');
    await mkdir(folder);
    const outside = join(place.base, 'shared object');
    await writeFile(outside, 'shared');
    await promisify(execFile)('ln', [outside, join(folder, 'same')]);
    const command = shell('echo changed > same');
    const result = await place.launcher.launch(
      place.spec(command, { writable: [folder], cwd: folder, leastTier: 'uid' }),
    );
    expect(result.exitCode).not.toBe(0);
    expect(await readFile(outside, 'utf8')).toBe('shared');
  });

  it.runIf(isRoot)('works for a worker that is not root', async (context) => {
    const nobody = 65_534;
    const home = await makeRunPlace();
    try {
      await Promise.all([home.stateDir, home.output].map((folder) => chown(folder, nobody, nobody)));
      const python = (await isOpen('/usr/bin/python3')) ? '/usr/bin/python3' : pathPython();
      const spec = home.spec(shell('id -u; echo done > result'));
      const drop = [
        '--reuid=65534',
        '--regid=65534',
        '--clear-groups',
        process.execPath,
        '--import',
        'tsx',
        worker,
      ];
      const look = promisify(execFile)('setpriv', [
        '--reuid=65534',
        '--regid=65534',
        '--clear-groups',
        'cat',
        worker,
      ]);
      if (
        await look.then(
          () => false,
          () => true,
        )
      )
        context.skip('this checkout is closed to other users');
      const { stdout } = await promisify(execFile)('setpriv', [
        ...drop,
        home.stateDir,
        python,
        JSON.stringify(spec),
      ]);
      const { report, result } = JSON.parse(stdout);
      expect(result).toMatchObject({ exitCode: 0, tier: report.tier });
      expect(await readFile(join(home.output, 'result'), 'utf8')).toBe('done\n');
    } finally {
      await home.remove();
    }
  });
});

function isOpen(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}
