"""Models that grow by rounds or trees: in chunks, with a checkpoint after each."""

import os

import joblib
from sklearn.pipeline import Pipeline


def grow(job, data, columns, model, size, total, chunk):
    """
    Fits `model` up to `total` rounds, `chunk` at a time. An interrupted job goes on from its last checkpoint and ends
    with the same model, because an uninterrupted one takes the same chunks.
    """
    train = columns.fit_transform(data.train)
    validation = columns.transform(data.validation)
    checkpoint = Checkpoint(job)
    done, found = checkpoint.load()
    if found is not None:
        model = found
        print(f"going on from {done} of {total}", flush=True)
    model.set_params(warm_start=True)
    while done < total:
        job.stop_if_asked()
        done = min(done + chunk, total)
        model.set_params(**{size: done}).fit(train, data.train_labels)
        checkpoint.save(done, model)
        job.report(done, **data.judge(model, train, validation))
        print(f"{size} {done} of {total}", flush=True)
    return Pipeline([("columns", columns), ("model", model)])


class Checkpoint:
    """The newest state of one job, in a file that is whole or not there."""

    def __init__(self, job):
        self.path = job.checkpoints / "model.joblib"
        self.digest = job.digest()

    def load(self):
        if not self.path.exists():
            return 0, None
        state = joblib.load(self.path)
        if state["job"] != self.digest:
            return 0, None
        return state["done"], state["model"]

    def save(self, done, model):
        unfinished = self.path.with_suffix(".tmp")
        joblib.dump({"job": self.digest, "done": done, "model": model}, unfinished)
        os.replace(unfinished, self.path)
