import { spawnSync } from 'node:child_process';
import { findTemporalHere } from '../parts/temporal-program.js';
import { findPythons } from '../python.js';
import { canTieToParent } from '../spawn-part.js';
import { installedTool, toolchainFolder } from '../toolchain.js';
import { type Finding, missing, ok, weak } from './finding.js';

/** Programs that the stack and the training of models stand on. */
export function toolFindings(): readonly Finding[] {
  return [node(), python(), git(), temporal(), weed(), setpriv()];
}

function node(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const isEnough = major > 20 || (major === 20 && minor >= 19);
  if (isEnough) return ok('node', process.versions.node);
  return missing(
    'node',
    process.versions.node,
    'install Node 20.19 or newer: https://nodejs.org/en/download',
  );
}

function python(): Finding {
  const found = findPythons();
  const text = found.map(({ command, version }) => `${command} ${version}`).join(', ');
  if (found[0]?.hasVenv === true) return ok('python', text);
  const mend = 'apt-get install python3 python3-venv';
  return missing('python', found.length === 0 ? 'none of 3.10 or newer' : `${text}, without venv`, mend);
}

function git(): Finding {
  const { status, stdout } = spawnSync('git', ['--version'], { encoding: 'utf8' });
  return status === 0 ? ok('git', stdout.trim()) : missing('git', 'none', 'apt-get install git');
}

function temporal(): Finding {
  const refused: string[] = [];
  const found = findTemporalHere((text) => refused.push(text));
  if (found !== undefined) return ok('temporal', `${found.source}: ${found.path} (server ${found.server})`);
  return weak('temporal', ['not installed', ...refused].join('; '), 'installed by: ratchet up');
}

function weed(): Finding {
  const path = installedTool('weed');
  if (path !== undefined) return ok('s3', `toolchain: ${path}`);
  return weak('s3', `no SeaweedFS in ${toolchainFolder()}`, 'installed by: ratchet up');
}

function setpriv(): Finding {
  if (canTieToParent()) return ok('setpriv', 'parts end with their supervisor, however it ends');
  return weak(
    'setpriv',
    'none that can tie parts to their supervisor: after a kill -9 they run on until the next up or down',
    'apt-get install util-linux',
  );
}
