import type { MonitorWindow } from '../monitoring/window.js';
import type { OnnxInterface } from '../onnx/model-interface.js';
import type { EndpointName } from './deployment-target.js';

/** A version as it answered at an endpoint. */
export interface RecordedModel {
  readonly id: string;
  readonly project: string | null;
  readonly model: string;
  readonly version: string;
  readonly interface: OnnxInterface;
}

/** Where a page of rows ended. */
export interface RecordedPlace {
  readonly eventAt: string;
  readonly at: string;
  readonly id: string;
  readonly row: number;
}

/** What is not to leave the store. */
export interface LeftOut {
  /** Names of inputs and outputs. */
  readonly names: readonly string[];
  /** All inputs, where they are one tensor that nobody can take a column out of. */
  readonly allInputs: boolean;
}

/** The raw record, without what a release asked to prove itself. */
export interface RecordedPredictions {
  /** What answered at an endpoint, the oldest version first. */
  models(name: EndpointName): Promise<readonly RecordedModel[]>;
  /**
   * Rows that one of them answered in a span of event time, in the order of their events; each is a line of JSON with
   * `id`, `row`, `at`, `eventAt`, `unit`, `forFeedback`, `inputs`, `outputs` and `truths`.
   */
  page(
    model: string,
    span: MonitorWindow,
    asked: { readonly after: RecordedPlace | null; readonly limit: number; readonly leftOut: LeftOut },
  ): Promise<{ readonly lines: readonly string[]; readonly next: RecordedPlace | null }>;
}
