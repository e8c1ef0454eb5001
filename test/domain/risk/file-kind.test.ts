import { describe, expect, it } from 'vitest';
import { type FileKind, fileKind } from '../../../domain/risk/file-kind.js';

describe('the kind of a file', () => {
  const places = { folder: 'models/late', training: 'training' };
  it.each<[string, FileKind]>([
    ['models/late/serving/app.py', 'serving-code'],
    ['models/late/serving/requirements.txt', 'serving-libraries'],
    ['models/late/serving/web/package-lock.json', 'serving-libraries'],
    ['models/late/serving/Dockerfile', 'base-image'],
    ['models/late/serving/openapi.yaml', 'serving-api'],
    ['models/late/serving/proto/late.proto', 'serving-api'],
    ['models/late/serving/api/routes.py', 'serving-api'],
    ['models/late/serving/README.md', 'documentation'],
    ['models/late/ratchet.yaml', 'configuration'],
    ['models/late/examples.sql', 'data'],
    ['tables/flights.sql', 'data'],
    ['features/routes.yaml', 'data'],
    ['training/train.py', 'training-code'],
    ['training/requirements-dev.txt', 'training-libraries'],
    ['training/look.ipynb', 'documentation'],
    ['models/other/ratchet.yaml', 'unknown'],
    ['models/late/Makefile', 'unknown'],
    ['serving/app.py', 'unknown'],
  ])('%s is %s', (path, kind) => {
    expect(fileKind(path, places)).toBe(kind);
  });

  it('is told where the model lies at the root too', () => {
    const root = { folder: '', training: '' };
    expect(fileKind('serving/app.py', root)).toBe('serving-code');
    expect(fileKind('ratchet.yaml', root)).toBe('configuration');
    expect(fileKind('train.py', root)).toBe('training-code');
  });
});
