import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { parquetWriteFile } from 'hyparquet-writer';

/** Columns of a Parquet file, one array of numbers each. A missing value is NaN. */
export async function readColumns(path, names) {
  const file = await asyncBufferFromFile(path);
  const rows = await parquetReadObjects({ file, compressors, columns: names });
  return names.map((name) =>
    Float64Array.from(rows, (row) => (row[name] == null ? Number.NaN : Number(row[name]))),
  );
}

/** The inputs as the ONNX file will see them: 32-bit numbers. */
export async function readInputs(path, inputs) {
  const columns = await readColumns(
    path,
    inputs.map(({ name }) => name),
  );
  return columns.map((column) => Float64Array.from(column, Math.fround));
}

/** One `prediction` a row, in the order of the rows that were asked about. */
export function writePredictions(path, values) {
  parquetWriteFile({ filename: path, columnData: [{ name: 'prediction', data: values, type: 'DOUBLE' }] });
}
