import type { ServedModel } from '../../domain/ports/predictions.js';
import type { TensorValue } from '../../inference/codec/tensors.js';

/** A request that was answered, as it is recorded. */
export interface Answered {
  readonly served: ServedModel;
  readonly rows: number;
  /** In the order of the interface. */
  readonly inputs: readonly TensorValue[];
  readonly outputs: readonly TensorValue[];
  /** Whom the prediction is about; of one unit there may be many. */
  readonly unitId?: string | undefined;
  /** Of whoever asked. */
  readonly requestId?: string | undefined;
  /** Nobody was answered: it is made again of its inputs, since something is told of it. */
  readonly forFeedback?: boolean | undefined;
  /** When what was asked about happened; absent for the time of the answer. */
  readonly eventAt?: string | undefined;
}
