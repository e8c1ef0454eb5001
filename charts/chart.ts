/**
 * A picture and the same numbers as a table, for readers who cannot see the picture or want to copy a figure. Both
 * are self-contained markup; the same data gives the same bytes.
 */
export interface Chart {
  /** One `<svg>` element with a title and a description. */
  readonly svg: string;
  /** One `<table>` element with a caption. */
  readonly table: string;
}
