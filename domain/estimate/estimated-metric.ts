/** A metric estimated without labels. */
export interface EstimatedMetric {
  readonly kind: 'value';
  readonly value: number;
  /** Of what the labels would show, were the probabilities right: realised values lie within 3 of them. */
  readonly standardError: number;
  readonly n: number;
}
