import { expect, test } from 'vitest';
import { cleanReason } from '../../inference/clean-reason.js';

/** Messages of onnxruntime 1.30, as they come. */
const messages: readonly (readonly [message: string, reason: string])[] = [
  ['Load model from /tmp/a b/x.onnx failed:Protobuf parsing failed.', 'Protobuf parsing failed'],
  [
    'Load model from /tmp/o.onnx failed:/onnxruntime_src/onnxruntime/core/graph/model.cc:202 onnxruntime::Model::Model(onnx::ModelProto&&, const onnxruntime::PathString&, const onnxruntime::IOnnxRuntimeOpSchemaRegistryList*, const onnxruntime::logging::Logger&, const onnxruntime::ModelOptions&) Unsupported model IR version: 14, max supported IR version: 13\n',
    'Unsupported model IR version: 14, max supported IR version: 13',
  ],
  [
    "Non-zero status code returned while running ConstantOfShape node. Name:'' Status Message: /onnxruntime_src/onnxruntime/core/framework/bfc_arena.cc:360 void* onnxruntime::BFCArena::AllocateRawInternal(size_t, bool, onnxruntime::Stream*) Failed to allocate memory for requested buffer of size 274877906944\n",
    'ConstantOfShape node: Failed to allocate memory for requested buffer of size 274877906944',
  ],
  [
    'Got invalid dimensions for input: x for the following indices\n index: 1 Got: 3 Expected: 1\n Please fix either the inputs/outputs or the model.',
    'Got invalid dimensions for input: x for the following indices index: 1 Got: 3 Expected: 1 Please fix either the inputs/outputs or the model',
  ],
  [
    'External data path validation failed for initializer: w. Error: tensorprotoutils.cc:434 ValidateExternalDataPathFromDir Absolute path not allowed for external data location',
    'External data path validation failed for initializer: w. Error: Absolute path not allowed for external data location',
  ],
  ['open() of "/home/someone/secret/model.onnx" failed', 'open() of "(path)" failed'],
  ['evil \u001b[31mname\u0000 here', 'evil [31mname here'],
  [' \n ', 'no reason was given'],
];
test.each(messages)('%j becomes one line', (message, reason) => {
  expect(cleanReason(message)).toBe(reason);
});

test('a long reason is cut, quickly', () => {
  expect(cleanReason('word '.repeat(100_000)).length).toBe(303);
  expect(cleanReason(`/a.cc:1 x::y(${'('.repeat(100_000)}`).length).toBeLessThanOrEqual(303);
});
