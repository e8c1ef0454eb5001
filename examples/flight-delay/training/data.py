"""The rows of a job."""

import numpy as np
from sklearn.metrics import log_loss, mean_absolute_error

from answers import answers
from job import refuse
from rows import read_labels, read_matrix


class Data:
    """Train and validation rows with their labels, and the rows whose answers Ratchet compares with the ONNX file's."""

    def __init__(self, job):
        self.task = job.task
        self.train = read_matrix(job.input / "train.parquet", job.inputs)
        self.validation = read_matrix(job.input / "validation.parquet", job.inputs)
        self.parity = read_matrix(job.input / "parity.parquet", job.inputs)
        self.train_labels = self.labels(job, "train.parquet")
        self.validation_labels = self.labels(job, "validation.parquet")
        if self.task == "classification" and len(np.unique(self.train_labels)) < 2:
            refuse(f"the training rows have only one value of {job.label}: there is nothing to tell apart")

    def labels(self, job, file):
        if job.label is None:
            return None
        labels = read_labels(job.input / file, job.label)
        return labels.astype(np.int64) if self.task == "classification" else labels

    def judge(self, model, train_rows, validation_rows):
        """Numbers for the run page, on rows that the trainer may see. Ratchet computes those that count by itself."""
        train, validation = (answers(self.task, model, rows) for rows in (train_rows, validation_rows))
        if self.train_labels is None:
            return {"train_mean_score": train.mean(), "validation_mean_score": validation.mean()}
        loss, name = (log_loss, "log_loss") if self.task == "classification" else (mean_absolute_error, "mae")
        return {
            f"train_{name}": loss(self.train_labels, train),
            f"validation_{name}": loss(self.validation_labels, validation),
        }
