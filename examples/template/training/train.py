"""
Trains a logistic regression and writes it as ONNX. Ratchet sets two variables: RATCHET_INPUT, a folder to read, and
RATCHET_OUTPUT, a folder to write.
"""

import json
import os
from pathlib import Path

import duckdb
import numpy as np

from onnx_file import write_onnx

source = Path(os.environ["RATCHET_INPUT"])
target = Path(os.environ["RATCHET_OUTPUT"])


def main():
    params = json.loads((source / "params.json").read_text())
    names = [column["name"] for column in params["inputs"]]
    options = params["hyperparameters"]
    rows = read("train.parquet", names)
    labels = read("train.parquet", [params["label"]])[:, 0]

    scaling = fit_scaling(rows)
    weights = fit(scale(rows, scaling), labels, options["penalty"], options["rounds"])

    write_onnx(target / "model.onnx", names, scaling, weights)
    # Ratchet asks the ONNX file about the same rows, and refuses it where it answers differently.
    write_predictions(answer(scale(read("parity.parquet", names), scaling), weights))
    (target / "notes.md").write_text(f"Logistic regression on {len(rows)} rows, by Newton's method.\n")


def read(file, names):
    """Columns as 32-bit numbers, as the ONNX file will get them. What is missing is NaN."""
    listed = ", ".join(f'coalesce(cast("{name}" as float), cast(\'nan\' as float)) as c{at}' for at, name in enumerate(names))
    query = f"select {listed} from read_parquet(?, file_row_number = true) order by file_row_number"
    with duckdb.connect(config={"threads": 1}) as connection:
        columns = connection.execute(query, [str(source / file)]).fetchnumpy()
    return np.column_stack([np.ma.getdata(columns[f"c{at}"]) for at in range(len(names))])


def fit_scaling(rows):
    """For each column: what stands in for a missing number, the mean, and the deviation."""
    fill = np.nanmedian(rows, axis=0).astype(np.float32)
    filled = np.where(np.isnan(rows), fill, rows)
    return fill, filled.mean(axis=0), np.maximum(filled.std(axis=0), 1e-6)


def scale(rows, scaling):
    fill, mean, deviation = scaling
    scaled = (np.where(np.isnan(rows), fill, rows) - mean) / deviation
    return np.column_stack([scaled, np.ones(len(rows))]).astype(np.float64)


def fit(rows, labels, penalty, rounds):
    """Newton's method with a penalty on all weights but the last, the bias."""
    weights = np.zeros(rows.shape[1])
    shrink = np.diag([penalty] * (rows.shape[1] - 1) + [0.0])
    for step in range(rounds):
        answers = answer(rows, weights)
        gradient = rows.T @ (answers - labels) + shrink @ weights
        curvature = (rows.T * (answers * (1 - answers))) @ rows + shrink
        weights = weights - np.linalg.solve(curvature, gradient)
        report(step, labels, answers)
    return weights


def answer(rows, weights):
    return 1 / (1 + np.exp(-(rows @ weights)))


def report(step, labels, answers):
    """A line of metrics.jsonl, which the run shows while it is going on."""
    loss = -np.mean(np.log(np.where(labels == 1, answers, 1 - answers)))
    with open(target / "metrics.jsonl", "a") as file:
        file.write(json.dumps({"step": step, "train_log_loss": float(loss)}) + "\n")


def write_predictions(values):
    with duckdb.connect(config={"threads": 1}) as connection:
        connection.register("predictions", {"prediction": values})
        path = str(target / "validation_predictions.parquet").replace("'", "''")
        connection.execute(f"copy predictions to '{path}' (format parquet)")


if __name__ == "__main__":
    main()
