"""Rows from Parquet as matrices, and predictions back."""

import duckdb
import numpy as np


def is_text(column):
    return column["type"] == "string"


def split_inputs(inputs):
    """Positions of the numbers and of the texts among the input columns."""
    numbers = [at for at, column in enumerate(inputs) if not is_text(column)]
    texts = [at for at, column in enumerate(inputs) if is_text(column)]
    return numbers, texts


def read_matrix(path, inputs):
    """One row an example, one column an input. A missing number is NaN and a missing text is empty, as for the ONNX file."""
    columns = read_columns(path, [input_sql(column) for column in inputs])
    matrix = np.empty((len(columns[0]), len(inputs)), dtype=object)
    for at, values in enumerate(columns):
        matrix[:, at] = values
    if any(is_text(column) for column in inputs):
        return matrix
    return matrix.astype(np.float32)


def read_labels(path, name):
    return np.asarray(read_columns(path, [f'cast({quote(name)} as double)'])[0])


def input_sql(column):
    name = quote(column["name"])
    if is_text(column):
        return f"coalesce({name}, '')"
    # The ONNX file takes 32-bit numbers, so that is what the model learns from.
    return f"coalesce(cast({name} as float), cast('nan' as float))"


def read_columns(path, expressions):
    listed = ", ".join(f"{expression} as c{at}" for at, expression in enumerate(expressions))
    with duckdb.connect(config={"threads": 1}) as connection:
        rows = connection.execute(
            f"select {listed} from read_parquet(?, file_row_number = true) order by file_row_number", [str(path)]
        )
        found = rows.fetchnumpy()
    return [np.ma.getdata(found[f"c{at}"]) for at in range(len(expressions))]


def write_predictions(path, values):
    """One `prediction` a row, in the order of the rows that were asked about."""
    predictions = {"prediction": np.asarray(values, dtype=np.float64)}
    with duckdb.connect(config={"threads": 1}) as connection:
        connection.register("predictions", predictions)
        connection.execute(f"copy predictions to '{str(path).replace(chr(39), chr(39) * 2)}' (format parquet)")


def quote(name):
    return '"' + name.replace('"', '""') + '"'
