import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLauncher } from '../../../activities/adapters/launcher/create-launcher.js';
import type { Launcher } from '../../../domain/ports/launcher.js';
import { policyOf } from '../../domain/policy/judge-rules.js';
import { programPython } from '../adapters/launcher/run-place.js';
import { openPolicyRoom, project } from './policy-room.js';

/** Looks through everything beside its own folders for test rows, and says what it could read. */
const curious = `
import os, pathlib
own = pathlib.Path(os.environ['RATCHET_INPUT'])
found = []
for root in (own.parent.parent, pathlib.Path('/proc/1/root') / str(own.parent.parent).lstrip('/')):
    try:
        for path in root.rglob('test*.parquet'):
            path.read_bytes()
            found.append(path.name)
    except OSError:
        pass
mine = sorted(path.name for path in own.iterdir())
(pathlib.Path(os.environ['RATCHET_OUTPUT']) / 'verdict.json').write_text(
    '{"verdict": "pass", "text": "%s %s"}' % (','.join(mine), found or 'nothing else'))
`;

describe('a program in the best isolation there is', () => {
  let stateDir: string;
  let launcher: Launcher;
  beforeAll(async () => {
    stateDir = await mkdtemp(join(tmpdir(), 'policy launcher '));
    await chmod(stateDir, 0o755);
    launcher = createLauncher({ stateDir, python: programPython });
  });
  afterAll(() => rm(stateDir, { recursive: true, force: true }));

  it('that is not there is an error of the policy', async () => {
    const room = await openPolicyRoom({ 'checks/look.py': curious }, { launcher });
    try {
      await chmod(room.deps.workDir, 0o755);
      room.putInForce(
        policyOf({ programs: [{ name: 'look', path: 'checks', command: ['no-such-program'] }] }),
      );
      const rows = { from: 0, count: 300 };
      const input = await room.register('1', {
        dataset: 1,
        rows: { train: rows, validation: rows, test: rows },
      });
      await expect(room.judge(input)).rejects.toThrow('PROGRAM_MISSING');
    } finally {
      await room.close();
    }
  });

  it('has what it needs, and cannot read the test rows that its policy is judged on', async () => {
    const room = await openPolicyRoom({ 'checks/look.py': curious }, { launcher });
    try {
      await chmod(room.deps.workDir, 0o755);
      const command = [programPython, 'look.py'];
      room.putInForce(policyOf({ programs: [{ name: 'look', path: 'checks', command }] }));
      const rows = {
        train: { from: 0, count: 300 },
        validation: { from: 300, count: 300 },
        test: { from: 600, count: 300 },
      };
      const champion = await room.register('champion', { dataset: 1, rows });
      room.live.record = await room.stores.registry.get(project, project, String(champion.version));
      await room.judge(await room.register('2', { dataset: 1, rows }));
      const mine = 'facts.json,model.onnx,params.json,validation.parquet,validation_predictions.csv';
      const { tier } = await launcher.inspect();
      // The weakest tier promises nothing, and says so.
      const text = tier === 'none' ? expect.stringContaining(mine) : `${mine} nothing else`;
      expect(room.verdicts.at(-1)?.rules.find(({ name }) => name === 'look')).toMatchObject({
        verdict: 'pass',
        text,
      });
    } finally {
      await room.close();
    }
  });
});
