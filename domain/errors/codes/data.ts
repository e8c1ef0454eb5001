import { entries } from '../entry.js';

export const dataErrors = entries({
  SOURCE_UNREACHABLE: { kind: 'unavailable', retry: true, about: 'a data source does not answer' },
  SOURCE_REFUSED: { kind: 'user', retry: false, about: 'a data source refused the query or the credentials' },
  SOURCE_TOO_LARGE: {
    kind: 'user',
    retry: false,
    about: 'a data source holds more rows or bytes than its cap',
  },
  SOURCE_INVALID: { kind: 'user', retry: false, about: 'a data file is not a readable CSV or Parquet file' },
  SOURCE_UNSTABLE: { kind: 'unavailable', retry: true, about: 'a data source changed while it was read' },
  SOURCE_EMPTY: { kind: 'user', retry: false, about: 'a data source gave no rows' },
  DATA_TYPE: { kind: 'user', retry: false, about: 'a column does not have the declared type' },
  DATASET_SQL: { kind: 'user', retry: false, about: 'the SQL of a dataset or feature failed' },
  CONTRACT_BROKEN: {
    kind: 'refused',
    retry: false,
    about: 'more rows broke the data contract than its declared share',
  },
  SPLIT_EMPTY: { kind: 'refused', retry: false, about: 'a split has no rows' },
  LEAKAGE: { kind: 'refused', retry: false, about: 'a feature uses what was not known at prediction time' },
  DATASET_NOT_FOUND: { kind: 'notFound', retry: false, about: 'there is no such dataset version' },
  DATASET_CHANGED: {
    kind: 'refused',
    retry: false,
    about: 'a rebuilt dataset does not have the digest of the stored one',
  },
});
