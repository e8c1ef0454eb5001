import { copyModel, files, trainer } from './bad-input.js';

/** Wrong words of a training program that are no reason to end it, beside a sound model. */
export const garbageMetrics = {
  [files.trainer]: trainer(
    copyModel,
    'lines = ["no JSON", "[1, 2]", "null", "{\\"loss\\": \\"low\\"}", "{\\"loss\\": NaN}", "{\\"a b\\": 1}", "x" * 100000]',
    'lines += ["{\\"step\\": 7, \\"loss\\": 0.25}"]',
    '(target / "metrics.jsonl").write_bytes("\\n".join(lines).encode() + b"\\n\\xff\\xfe\\n")',
  ),
};

export const forgedMetrics = {
  [files.trainer]: trainer(
    copyModel,
    '(target / "metrics.jsonl").write_text("{\\"rocAuc\\": 1.0, \\"accuracy\\": 1.0, \\"logLoss\\": 0.0}\\n")',
    '(target / "notes.md").write_text("accuracy: 1.0")',
    'print("accuracy 1.0")',
  ),
};
