import { loadCompanyDatabase } from './company-database.js';
import { fillDataLake, type LakeAccess } from './data-lake.js';
import { fetchFlightFiles } from './flight-files.js';

/** The last day that is known when the demo begins. */
export const demoBeginsAt = '2013-03-31';
/** The last day that the world of the demo has, of which nobody but the airline knows before its time. */
export const worldEndsAt = '2013-07-02';

export interface CompanyDataOptions {
  /** Where the data are kept between demos, such as `.ratchet/demo/data`. */
  readonly folder: string;
  /** A Python with pip. */
  readonly python: string;
  /** Address of a PostgreSQL user who may create databases and roles. */
  readonly adminUrl: string;
  readonly s3: LakeAccess;
  /** Names of the database and the bucket. Default: `company` and `lake`, as the example's project has them. */
  readonly names?: { readonly database: string; readonly bucket: string };
  /** Last day that is loaded, in local time, as 2013-03-31. */
  readonly upTo: string;
}

/** The world of the demo. */
export interface CompanyData {
  /** Values of the secrets that the example's project names. */
  readonly secrets: { readonly 'company-db': string; readonly lake: string };
  readonly flights: number;
  readonly objects: readonly string[];
}

/**
 * Prepares the two data sources of the flight-delay example: a database with the flights and a bucket with weather and planes. It may be called again, with the same day or a later one; the reader's password is new each
 * time.
 */
export async function prepareCompanyData(options: CompanyDataOptions): Promise<CompanyData> {
  const { folder, python, adminUrl, s3, upTo } = options;
  const { database, bucket } = options.names ?? { database: 'company', bucket: 'lake' };
  const files = await fetchFlightFiles(folder, python);
  const [company, objects] = await Promise.all([
    loadCompanyDatabase(adminUrl, database, files.flights, upTo),
    fillDataLake(s3, bucket, files, upTo),
  ]);
  const { accessKeyId, secretAccessKey } = s3;
  return {
    secrets: { 'company-db': company.readerUrl, lake: JSON.stringify({ accessKeyId, secretAccessKey }) },
    flights: company.flights,
    objects,
  };
}
