import type { TrainedConfig } from '../../domain/config/model.js';
import type { JudgeVersionInput } from '../../domain/lifecycle/train-model.js';
import type { EvaluationReport } from '../../domain/lineage/evaluation-report.js';
import type { DatasetManifest } from '../../domain/ports/datasets.js';
import type { ModelVersionRecord } from '../../domain/ports/models.js';

/** Everything that is stored about the version that is judged. */
export interface PolicyJob {
  readonly input: JudgeVersionInput;
  readonly record: ModelVersionRecord;
  readonly configuration: TrainedConfig;
  readonly report: EvaluationReport;
  /** SHA-256 of the stored report. */
  readonly reportDigest: string;
  readonly manifest: DatasetManifest;
}
