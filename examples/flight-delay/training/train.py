"""Trains the model that ratchet.yaml describes: python train.py, with RATCHET_INPUT and RATCHET_OUTPUT set."""

import os

# One thread adds numbers in one order: the same rows and seed give the same model on every machine.
for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ[variable] = "1"

from answers import answers
from data import Data
from estimators import estimator_for
from export import export
from job import Job
from rows import write_predictions


def main():
    job = Job()
    fit = estimator_for(job)
    data = Data(job)
    print(f"{job.algorithm} on {len(data.train)} rows and {len(job.inputs)} inputs", flush=True)
    pipeline = fit(job, data)
    job.stop_if_asked()
    export(job, pipeline)
    # Ratchet runs the ONNX file on the same rows and refuses it where it answers differently.
    write_predictions(job.output / "validation_predictions.parquet", answers(job.task, pipeline, data.parity))
    job.note(f"{job.algorithm}, seed {job.seed}, {len(data.train)} training rows.\n\n    {pipeline.named_steps['model']}")


if __name__ == "__main__":
    main()
