import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { expect, it } from 'vitest';
import { install } from '../../../../activities/adapters/environments/installer.js';

async function run(script: string): Promise<string> {
  const lock = await open('/dev/null');
  const step = { doing: 'install the packages', command: 'sh', args: ['-c', script], cwd: tmpdir() };
  return install(step, { keepOpen: lock.fd }).finally(() => lock.close());
}

it('does not take an installer that somebody killed for one that failed', async () => {
  await expect(run('echo Collecting a; kill -9 $$')).rejects.toMatchObject({
    code: 'ENVIRONMENT_KILLED',
    message: 'could not install the packages: something outside of Ratchet killed sh',
  });
});

it('says the last words of an installer that failed, or crashed', async () => {
  for (const end of ['exit 3', 'kill -SEGV $$']) {
    await expect(run(`echo error: no such package; ${end}`)).rejects.toMatchObject({
      code: 'ENVIRONMENT_FAILED',
      message: 'could not install the packages: error: no such package',
    });
  }
});
