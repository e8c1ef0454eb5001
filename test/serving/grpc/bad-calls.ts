import { status } from '@grpc/grpc-js';

const { INVALID_ARGUMENT, NOT_FOUND, UNAVAILABLE, FAILED_PRECONDITION } = status;

type BadCall = readonly [title: string, method: string, message: object, code: status, details: string];

/** Calls about models and the repository that are refused, with code and message. */
export const badCalls: readonly BadCall[] = [
  [
    'readiness of an unknown model',
    'ModelReady',
    { name: 'x' },
    NOT_FOUND,
    'there is no model "x" version at all',
  ],
  [
    'metadata of an unknown version',
    'ModelMetadata',
    { name: 'echo', version: '7' },
    NOT_FOUND,
    'there is no model "echo" version 7',
  ],
  [
    'metadata of a model that is loading',
    'ModelMetadata',
    { name: 'loading' },
    UNAVAILABLE,
    'the interface of loading version 1 is not known yet',
  ],
  [
    'statistics of an unknown model',
    'ModelStatistics',
    { name: 'x' },
    NOT_FOUND,
    'there is no model "x" version at all',
  ],
  [
    'statistics of a version of no model',
    'ModelStatistics',
    { version: '1' },
    INVALID_ARGUMENT,
    'there is a version and no name of a model',
  ],
  [
    'an index of another repository',
    'RepositoryIndex',
    { repository_name: 'r' },
    INVALID_ARGUMENT,
    'there is no repository "r", the only one has no name',
  ],
  [
    'a load from another repository',
    'RepositoryModelLoad',
    { repository_name: 'r', model_name: 'echo' },
    INVALID_ARGUMENT,
    'there is no repository "r", the only one has no name',
  ],
  [
    'a load with a file',
    'RepositoryModelLoad',
    { model_name: 'echo', parameters: { 'file:1/model.onnx': { bytes_param: Buffer.from('x') } } },
    INVALID_ARGUMENT,
    'the parameter "file:1/model.onnx" is not known to load, allowed: none',
  ],
  [
    'a load of an unknown model',
    'RepositoryModelLoad',
    { model_name: 'x' },
    NOT_FOUND,
    'there is no model "x" version at all',
  ],
  [
    'a load of a hostile model',
    'RepositoryModelLoad',
    { model_name: 'hostile' },
    FAILED_PRECONDITION,
    'the model has a Loop without an end',
  ],
  [
    'an unload of an unknown model',
    'RepositoryModelUnload',
    { model_name: 'x' },
    NOT_FOUND,
    'there is no model "x" version at all',
  ],
  [
    'an unload with a parameter that is not known',
    'RepositoryModelUnload',
    { model_name: 'echo', parameters: { force: { bool_param: true } } },
    INVALID_ARGUMENT,
    'the parameter "force" is not known to unload, allowed: unload_dependents',
  ],
];
