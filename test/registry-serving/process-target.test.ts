import { expect, it } from 'vitest';
import { openBlobStore } from '../../db/blobs/open-blob-store.js';
import { predictOne } from '../conformance/deployment-target.js';
import { addsTo } from '../serving/small-models.js';
import { supervisorRooms } from '../serving/supervisor/supervisor-room.js';
import { freshBucket } from '../setup/stack.js';

const open = supervisorRooms();
const quiet = new AbortController().signal;

it('deploys what is in S3, and what is live needs S3 no more', async () => {
  const settings = await freshBucket();
  const blobs = openBlobStore(settings);
  const room = await open('state', { blobs, bucket: settings.bucket });
  const [first, second] = [addsTo(10), addsTo(20)];
  await blobs.putBytes(first);
  const wanted = await room.wanted(1, first);
  const observed = await room.target.deploy(wanted, quiet);
  const notStored = room.target.deploy(await room.wanted(2, second), quiet);
  await expect(notStored).rejects.toMatchObject({ code: 'BLOB_MISSING' });
  blobs.close();
  await room.kill();
  await room.start();
  expect(await predictOne(observed.at?.http ?? '')).toEqual({ status: 200, answer: 11 });
});
