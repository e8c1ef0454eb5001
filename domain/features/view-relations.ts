/** The two relations a feature view is joined from, as SQL names, and the prediction time's column. */
export interface ViewRelations {
  /** One row an example: `__row`, the entity columns, the prediction time. */
  readonly spine: string;
  /** Rows of the view's `select`. */
  readonly source: string;
  /** Column of the spine. Absent for lookups in a dataset without time. */
  readonly predictAt: string | undefined;
}
