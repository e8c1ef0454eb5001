import { addressShape, bucketShape, demanded, setting, textShape, wholeShape } from '../setting.js';

/** The S3 service. */
export const blobsSettings = {
  endpoint: demanded({
    variable: 'RATCHET_S3_ENDPOINT',
    unit: 'address',
    about: 'the S3 service',
    shape: addressShape('http', 'https'),
  }),
  region: setting('us-east-1', {
    variable: 'RATCHET_S3_REGION',
    unit: 'name',
    about: 'region that requests are signed for',
    shape: textShape,
  }),
  bucket: setting('ratchet', {
    variable: 'RATCHET_S3_BUCKET',
    unit: 'name',
    about: 'bucket of every object; must exist',
    shape: bucketShape,
  }),
  accessKey: demanded({
    variable: 'RATCHET_S3_ACCESS_KEY',
    unit: 'text',
    about: 'access key id that may read and write the bucket',
    shape: textShape,
  }),
  secretKey: demanded({
    variable: 'RATCHET_S3_SECRET_KEY',
    unit: 'secret',
    about: 'secret of the access key',
    shape: textShape,
  }),
  unusedDays: setting('90', {
    variable: 'RATCHET_S3_UNUSED_DAYS',
    unit: 'days',
    about: 'an object that nothing names is set aside after this time, and deleted after it once more',
    shape: wholeShape(45, 3650),
  }),
};
