import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeTar } from '../../../domain/archive/write-tar.js';
import type { WantedRevision } from '../../../domain/ports/deployment-target.js';
import { makeRevisionFolder } from '../../../serving/supervisor/revision-folder.js';
import { revisionOf } from './supervisor-room.js';

let home: string;
let files: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'ratchet revision '));
  files = join(home, 'files');
  mkdirSync(files);
});
afterEach(() => rmSync(home, { recursive: true }));

function put(bytes: string | Uint8Array) {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  writeFileSync(join(files, sha256), bytes);
  return { uri: `s3://test/blobs/${sha256}`, sha256, bytes: bytes.length };
}

const bundle = () =>
  writeTar([{ name: 'src/application.js', content: Buffer.from('export const application = 1;\n') }]);

const make = (wanted: WantedRevision) => makeRevisionFolder(join(home, 'made'), files, wanted);

describe('the folder of a revision', () => {
  it('has its model, its application and the manifest that names them, also after the files are gone', async () => {
    const model = put('a model');
    const application = put(bundle());
    const wanted = revisionOf(model, 3, { application });
    await make(wanted);
    await make(wanted);
    rmSync(files, { recursive: true });
    const made = (path: string) => readFileSync(join(home, 'made', path), 'utf8');
    expect(made(`models/${model.sha256}.onnx`)).toBe('a model');
    expect(made('application/src/application.js')).toContain('application = 1');
    expect(JSON.parse(made('manifest.json'))).toEqual({
      version: 1,
      endpoint: 'flights/late',
      revision: wanted.revision,
      models: wanted.models,
      defaultModel: null,
      application: { folder: join(home, 'made', 'application'), sha256: application.sha256 },
    });
  });

  it('is not made of a file that is not there', async () => {
    const model = put('a model');
    rmSync(join(files, model.sha256));
    await expect(make(revisionOf(model, 1, {}))).rejects.toMatchObject({ code: 'BLOB_MISSING' });
  });

  it('is not made of a file with other bytes, which is taken away so that it is fetched again', async () => {
    const model = put('a model');
    writeFileSync(join(files, model.sha256), 'a mOdel');
    await expect(make(revisionOf(model, 1, {}))).rejects.toMatchObject({ code: 'BLOB_CORRUPT' });
    await expect(make(revisionOf(model, 1, {}))).rejects.toMatchObject({ code: 'BLOB_MISSING' });
  });

  it('is not made of an application that is no bundle', async () => {
    const wanted = revisionOf(put('a model'), 1, { application: put('this is not a bundle') });
    await expect(make(wanted)).rejects.toMatchObject({ code: 'APPLICATION_INVALID' });
  });
});
