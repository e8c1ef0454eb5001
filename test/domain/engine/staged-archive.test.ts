import { describe, expect, it } from 'vitest';
import {
  archiveFolder,
  archiveKey,
  isArchive,
  isLeftArchive,
} from '../../../domain/engine/staged-archive.js';

const nowMs = Date.UTC(2026, 4, 1);
const hourMs = 60 * 60 * 1000;
const key = archiveKey(nowMs, '0b4c-77');
const run = key.split('/')[1] ?? '';

describe('an archive of an image in staging', () => {
  it('has a folder of its own, which is found by the address of its object', () => {
    expect(archiveFolder(`s3://bucket/${key}`)).toBe(`runs/${run}/`);
  });

  it.each([
    's3://bucket/blobs/image.tar',
    's3://bucket/runs/run-1/image.tar',
    's3://bucket/runs/image.1.x/image.tar',
    `s3://bucket/${key}/more`,
    's3://bucket/runs/image.1777593600000.a/../run-1/image.tar',
  ])('is not what lies at %s', (uri) => {
    expect(archiveFolder(uri)).toBeUndefined();
  });

  it('is left after a day, and not before', () => {
    expect(isLeftArchive(run, nowMs + 24 * hourMs)).toBe(false);
    expect(isLeftArchive(run, nowMs + 24 * hourMs + 1)).toBe(true);
    expect(isLeftArchive('run-1', nowMs + 1000 * hourMs)).toBe(false);
    expect([isArchive(run), isArchive('run-1'), isArchive('image.1.x')]).toEqual([true, false, false]);
  });
});
