import { writeFileSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { openJob } from './job.js';
import { descend, fitScaling, logLoss, probabilities, scale, startState } from './logistic-regression.js';
import { logisticRegressionFile } from './onnx-file.js';
import { readColumns, readInputs, writePredictions } from './rows.js';

const checkpointEvery = 25;

const job = openJob();
const { inputs, label, hyperparameters, algorithm } = job.params;
if (algorithm !== 'gradient-descent')
  throw new Error(`there is no algorithm ${algorithm}, only gradient-descent`);
const textual = inputs.find(({ type }) => type === 'string');
if (textual) throw new Error(`the input ${textual.name} is text; this trainer reads numbers only`);

const { epochs = 200, learningRate = 0.5, momentum = 0.9, penalty = 0.0001 } = hyperparameters;
const options = { learningRate, momentum, penalty };

const [train, validation, parity, [trainLabels], [validationLabels]] = await Promise.all([
  readInputs(job.input('train.parquet'), inputs),
  readInputs(job.input('validation.parquet'), inputs),
  readInputs(job.input('parity.parquet'), inputs),
  readColumns(job.input('train.parquet'), [label]),
  readColumns(job.input('validation.parquet'), [label]),
]);
console.log(`${algorithm} on ${trainLabels.length} rows and ${inputs.length} inputs`);

const scaling = fitScaling(train);
const scaledTrain = scale(train, scaling);
const scaledValidation = scale(validation, scaling);

let state = job.loadCheckpoint() ?? startState(inputs.length);
while (state.epoch < epochs) {
  state = descend(state, scaledTrain, trainLabels, options);
  if (state.epoch % checkpointEvery === 0 || state.epoch === epochs || job.isStopping()) {
    job.saveCheckpoint(state);
    job.report({
      step: state.epoch,
      train_log_loss: logLoss(trainLabels, probabilities(scaledTrain, state)),
      validation_log_loss: logLoss(validationLabels, probabilities(scaledValidation, state)),
    });
  }
  // A signal is heard between two epochs.
  await setImmediate();
  if (job.isStopping()) {
    console.error('asked to stop: the last checkpoint is kept');
    process.exit(143);
  }
}

writeFileSync(
  job.output('model.onnx'),
  logisticRegressionFile(
    inputs.map(({ name }) => name),
    scaling,
    state,
  ),
);
writePredictions(job.output('validation_predictions.parquet'), probabilities(scale(parity, scaling), state));
writeFileSync(
  job.output('notes.md'),
  `Logistic regression by gradient descent, ${state.epoch} epochs, in JavaScript.\n`,
);
