import { spawnSync } from 'node:child_process';
import { runcFault } from '../../domain/engine/runc-version.js';
import { type Finding, ok, weak } from './finding.js';

/** What runs containers on this machine. The programs are asked, and not the socket, which the engine agent alone opens. */
export function engineFindings(): readonly Finding[] {
  const engine = firstLine('dockerd');
  if (engine === undefined) return [ok('engine', 'no Docker engine here: endpoints run as processes')];
  return [ok('engine', engine), runc()];
}

function runc(): Finding {
  const line = firstLine('runc');
  if (line === undefined)
    return ok('runc', 'not on the path: the engine agent logs its version as it starts');
  const fault = runcFault(line.replace(/^runc version /, ''));
  return fault === null ? ok('runc', line) : weak('runc', fault, 'install a newer runc');
}

/** What a program says of its version; undefined where there is none. */
function firstLine(program: string): string | undefined {
  const { status, stdout } = spawnSync(program, ['--version'], { encoding: 'utf8' });
  return status === 0 ? stdout.split('\n')[0] : undefined;
}
