import type { TensorValue } from '../../inference/codec/tensors.js';
import type { ServedVersion } from '../data-plane-port.js';
import { readRawRequest } from '../http/infer/raw-request.js';
import { cellsToTensor } from '../http/predict/cells-to-tensor.js';
import { type PredictRows, readPredictBody } from '../http/predict/predict-body.js';
import { readCells } from '../http/predict/read-cells.js';
import { requireInterface } from '../http/require-interface.js';
import { rowsOfTable, rowsOfTensor } from './seldon-rows.js';

/** What a message of Seldon carries, whichever way it came. */
export type SeldonContent =
  | { readonly kind: 'ndarray'; readonly names: readonly string[]; readonly rows: readonly unknown[] }
  | {
      readonly kind: 'tensor';
      readonly names: readonly string[];
      readonly shape: readonly number[];
      readonly values: readonly unknown[];
    }
  | { readonly kind: 'json'; readonly value: unknown }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'bytes'; readonly bytes: Buffer };

export interface SeldonMessage {
  /** What whoever asks calls it. */
  readonly puid: string | undefined;
  /** Told again in the answer. */
  readonly tags: Readonly<Record<string, unknown>>;
  readonly content: SeldonContent;
}

/**
 * Inputs of a model from what a message carries: rows, a text as one row, or the bytes of the one input as one row.
 * Error: `REQUEST_INVALID`, naming the row, the column or the tensor.
 */
export function inputsOf(served: ServedVersion, content: SeldonContent): readonly TensorValue[] {
  if (content.kind === 'bytes') return [readRawRequest(served, content.bytes)];
  const { inputs } = requireInterface(served);
  const cells = readCells(inputs, rowsOf(content, inputs.length > 1));
  return inputs.map((input, i) => cellsToTensor(input, cells[i] ?? []));
}

function rowsOf(content: Exclude<SeldonContent, { kind: 'bytes' }>, areNamesInputs: boolean): PredictRows {
  switch (content.kind) {
    case 'json':
      return readPredictBody(content.value).rows;
    case 'text':
      return { kind: 'rows', rows: [content.text] };
    case 'ndarray':
      return { kind: 'rows', rows: rowsOfTable(content.rows, content.names, areNamesInputs) };
    case 'tensor':
      return {
        kind: 'rows',
        rows: rowsOfTable(rowsOfTensor(content.shape, content.values), content.names, areNamesInputs),
      };
  }
}
