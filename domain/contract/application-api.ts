export const apiTypes = ['string', 'number', 'integer', 'boolean'] as const;
export type ApiType = (typeof apiTypes)[number];

/** One field of a row that clients send or get. */
export interface ApiField {
  readonly type: ApiType;
  /** Whether it is always there. */
  readonly required: boolean;
  /** Whether null may stand for its value. */
  readonly nullable: boolean;
  /** Values that there may be; null for all of the type. */
  readonly allowed: readonly (string | number | boolean)[] | null;
  /** Sizes of its arrays, -1 for any; empty for a single value. */
  readonly shape: readonly number[];
}

export type ApiFields = Readonly<Record<string, ApiField>>;

/** What clients of an endpoint send for a row and get for it. Fields that it does not name are refused. */
export interface ApplicationApi {
  /** `<major>.<minor>`. The stock application is 0.1; applications begin with 1. */
  readonly version: string;
  readonly input: ApiFields;
  readonly output: ApiFields;
}
