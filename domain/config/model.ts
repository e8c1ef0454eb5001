import { z } from 'zod';
import { datasetSchema } from './dataset.js';
import { columnName, configVersion, nameField, repositoryPath, secretReference } from './fields.js';
import { monitoringSchema } from './monitoring.js';
import { servingSchema } from './serving.js';
import { triggersSchema } from './triggers.js';
import { valueSchema } from './value.js';

const purpose = z
  .strictObject({
    intendedUse: z.string().min(10).max(4000).describe('What the model is for, and for whom.'),
    prohibitedUses: z.array(z.string().min(1)).min(1).describe('What it must not be used for.'),
    affectedGroups: z.array(z.string().min(1)).min(1).describe('Whom its answers touch.'),
    sensitiveColumns: z
      .array(columnName)
      .describe('Columns that need care; an empty list says there are none.'),
  })
  .describe('Why the model exists and where it must not be used.');

const hyperparameters = z
  .record(z.string(), z.json())
  .default({})
  .describe('Handed to the training code as they stand.');

const environment = z
  .discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('python').describe('A virtual environment, made once per lock file.'),
      requirements: repositoryPath.describe(
        'Requirements file with exact pins (name==version), relative to "path".',
      ),
    }),
    z.strictObject({
      kind: z.literal('node').describe('npm ci of the package.json and package-lock.json in "path".'),
    }),
    z.strictObject({ kind: z.literal('none').describe('What the machine has.') }),
  ])
  .describe('What the training command needs installed.');

const limits = z
  .strictObject({
    minutes: z.number().positive().max(10_080).default(60).describe('Longest run of the training command.'),
    memoryMiB: z.int().min(64).default(8192).describe('Most memory of all its processes together.'),
    diskMiB: z.int().min(1).default(10_240).describe('Most bytes it may write.'),
    processes: z.int().min(1).max(10_000).default(256).describe('Most processes and threads at once.'),
    outputMiB: z.int().min(1).max(1024).default(64).describe('Most log output.'),
  })
  .describe('A training command that goes over a limit is ended, and the limit is named.');

const training = z
  .strictObject({
    path: repositoryPath.describe('Folder with the training code; only changes below it retrain.'),
    command: z.array(z.string().min(1)).min(1).describe('Program and arguments, run in that folder.'),
    environment,
    algorithm: z.string().min(1).max(100).describe('Handed to the training code; names the version.'),
    hyperparameters,
    variants: z
      .record(
        nameField,
        z.strictObject({
          algorithm: z.string().min(1).max(100).describe('In place of "algorithm".'),
          hyperparameters,
        }),
      )
      .default({})
      .describe('Other choices of algorithm and hyper-parameters, trained with --variant.'),
    seed: z.int().min(0).max(2_147_483_647).default(0).describe('Seed of every random choice.'),
    accelerator: z.enum(['cpu', 'gpu']).default('cpu').describe('Which workers may train it.'),
    devices: z.int().min(1).max(16).default(1).describe('With gpu: how many devices a run gets of its own.'),
    capacityDeadlineMinutes: z
      .number()
      .positive()
      .max(43_200)
      .default(60)
      .describe('How long a run waits for a worker with the accelerator, and on it for free devices.'),
    limits: limits.prefault({}),
    network: z
      .enum(['none', 'full'])
      .default('none')
      .describe('Whether the training command may use the network.'),
    secrets: z
      .array(secretReference)
      .max(20)
      .default([])
      .describe('Secrets the training command gets, as RATCHET_SECRET_<NAME>.'),
    leastIsolation: z
      .enum(['container', 'namespace', 'uid', 'none'])
      .default('none')
      .describe('The weakest isolation tier that will do.'),
  })
  .describe('How the model is trained.');

const evaluation = z
  .strictObject({
    task: z
      .enum(['classification', 'regression', 'anomaly', 'clustering'])
      .describe('What the model answers. Classification labels are 0 and 1.'),
    inputs: z.array(columnName).min(1).describe('Columns the model reads, in order.'),
    output: z
      .string()
      .min(1)
      .describe('Output of the ONNX file that is judged: probability of 1, prediction, score or cluster.'),
    primary: z.string().min(1).describe('Metric that versions are listed by.'),
    slices: z.array(columnName).max(10).default([]).describe('Columns whose values are judged apart.'),
    sliceLeast: z
      .int()
      .min(1)
      .default(100)
      .describe('A slice with fewer rows says "too few" instead of a number.'),
    block: columnName
      .optional()
      .describe('Rows of one value belong together in intervals (such as the day).'),
    parity: z
      .strictObject({
        tolerance: z
          .number()
          .positive()
          .default(1e-5)
          .describe('Largest difference between the trained model and its ONNX file.'),
        waive: z
          .string()
          .min(10)
          .optional()
          .describe('A reason waives the gate; it stands on the model card.'),
      })
      .prefault({})
      .describe('The ONNX file must answer as the trained model does.'),
  })
  .describe('How the platform judges the model.');

/** `ratchet.yaml`, one a model. */
export const modelSchema = z
  .strictObject({
    version: configVersion,
    model: nameField.describe('Name of the model, as in ratchet.project.yaml.'),
    description: z.string().max(2000).default('').describe('What the model answers, in a sentence.'),
    purpose,
    dataset: datasetSchema,
    training,
    evaluation,
    registry: z
      .strictObject({
        location: z
          .literal('default')
          .default('default')
          .describe('Registry that keeps the versions: this platform.'),
      })
      .prefault({})
      .describe('Where versions are registered.'),
    triggers: triggersSchema.prefault({}),
    serving: servingSchema.prefault({}),
    monitoring: monitoringSchema.prefault({}),
    value: valueSchema.optional(),
  })
  .describe('Everything a model is made of.');
export type ModelConfig = z.infer<typeof modelSchema>;
/** What a version is made of, and is known by the digest of. How the model is served and watched, and what
 * it is worth, makes no other one. */
export type TrainedConfig = Omit<ModelConfig, 'serving' | 'monitoring' | 'value'>;
export type TrainingConfig = ModelConfig['training'];
export type EvaluationConfig = ModelConfig['evaluation'];
