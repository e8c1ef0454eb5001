import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openEndpointFolder } from '../../../serving/supervisor/endpoint-folder.js';
import { supervisorMetrics } from '../../../serving/supervisor/supervisor-metrics.js';

let home: string;
let path: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'endpoint folder '));
  path = join(home, 'flights', 'late');
});
afterEach(() => rmSync(home, { recursive: true }));

function folderWith(files: readonly string[]) {
  for (const file of ['.endpoint.json', '.host.log', ...files]) {
    mkdirSync(join(path, file, '..'), { recursive: true });
    writeFileSync(join(path, file), 'x');
  }
  return openEndpointFolder(path);
}

const closed = '000001700000000-3.spool';
const torn = '000001700000009.open';

describe('what is left of the record of predictions', () => {
  it('is what lies in spools that no host has, whatever else lies there', async () => {
    const folder = folderWith([
      `.spool/1/${closed}`,
      '.spool/1/owner',
      `.spool/2/${closed}`,
      `.spool/2/${torn}`,
    ]);
    expect(await folder.left([1])).toBe(2);
    expect(await folder.left([1, 2])).toBe(0);
    expect(await openEndpointFolder(join(home, 'nothing')).left([])).toBe(0);
  });

  it('stays where the endpoint is removed, and nothing else does', async () => {
    await folderWith([`.spool/1/${closed}`, 'revision/manifest.json']).remove();
    expect(readdirSync(path)).toEqual(['.spool']);
    expect(readdirSync(join(path, '.spool/1'))).toEqual([closed]);
  });

  it('is nothing where all was delivered: the folder goes, and that of its project', async () => {
    await folderWith(['.spool/1/owner']).remove();
    expect(existsSync(join(home, 'flights'))).toBe(false);
  });

  it('is a number of each endpoint on the page of metrics', async () => {
    const page = supervisorMetrics({
      list: async () => [],
      left: async () => [{ project: 'flights', endpoint: 'late', files: 2 }],
    });
    expect(await page()).toContain('ratchet_endpoint_left_files{project="flights",endpoint="late"} 2');
  });
});
