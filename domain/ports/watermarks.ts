/** How far the data of a source was taken into a dataset. */
export interface Watermark {
  readonly project: string;
  readonly model: string;
  /** Key of `triggers.newData`. */
  readonly name: string;
  /** As the source says it. */
  readonly value: string;
  /** Rows inside of the lateness that were there when it was confirmed. */
  readonly inLateness: number;
  /** Version of the dataset that took them in. */
  readonly dataset: string;
  readonly confirmedAt: string;
}

export interface WatermarkStore {
  get(at: Pick<Watermark, 'project' | 'model' | 'name'>): Promise<Watermark | undefined>;
  /**
   * The same again changes nothing; an older value than the one that is there does not either, nor the same value with
   * no more rows inside of the lateness. Error: `PROJECT_NOT_FOUND`.
   */
  confirm(watermark: Omit<Watermark, 'confirmedAt'>): Promise<void>;
  list(project: string, model: string): Promise<readonly Watermark[]>;
}
