import { S3Client } from '@aws-sdk/client-s3';

/** Where an S3 service is and who we are there. */
export interface S3Connection {
  readonly endpoint: string;
  readonly region: string;
  readonly accessKey: string;
  readonly secretKey: string;
}

/** A client that keeps sockets open, gives up after bounded time and asks for no checksums beyond our own. */
export function createS3Client(connection: S3Connection): S3Client {
  const agent = { keepAlive: true, maxSockets: 32 };
  return new S3Client({
    endpoint: connection.endpoint,
    region: connection.region,
    credentials: { accessKeyId: connection.accessKey, secretAccessKey: connection.secretKey },
    forcePathStyle: true,
    // S3 services other than Amazon's refuse the checksum trailers that are the default.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    maxAttempts: 3,
    requestHandler: {
      connectionTimeout: 3000,
      socketTimeout: 30_000,
      requestTimeout: 120_000,
      throwOnRequestTimeout: true,
      httpAgent: agent,
      httpsAgent: agent,
    },
  });
}
