/** A column as it stands in a dataset. */
export interface TypedColumn {
  readonly name: string;
  readonly type: string;
}
