import { z } from 'zod';

/** Sums of many rows stay exact enough, and far from what a number can hold. */
const most = 1_000_000_000;

const worth = z.number().min(-most).max(most);
const cost = z.number().min(0).max(most).default(0);

const outcomes = z
  .strictObject({
    rightAlarm: worth.describe('Answered 1, and it came true.'),
    falseAlarm: worth.describe('Answered 1, and it did not.'),
    missed: worth.describe('Answered 0, and it came true after all.'),
    rightSilence: worth.describe('Answered 0, and it did not.'),
  })
  .describe('What a row is worth by what became of it; a loss is below 0 (classification).');

const answers = z
  .strictObject({
    each: worth.describe('What an answer is worth that is exactly right.'),
    perUnitOfError: z
      .number()
      .min(-most)
      .max(0)
      .describe('What is added for each unit that an answer is wrong by, such as -0.5.'),
  })
  .describe('What a row is worth by how far its answer was from the truth (regression).');

const costs = z
  .strictObject({
    trainingMinute: cost.describe('Of a minute that the training command of a run takes.'),
    servingMinute: cost.describe('Of a minute that one replica of an endpoint is there.'),
  })
  .describe('What minutes cost.');

/** `value` of a ratchet.yaml: what answers are worth, and what they cost. */
export const valueSchema = z
  .strictObject({
    unit: z
      .string()
      .regex(/^\p{L}{1,12}$/u, '1 to 12 letters, such as "EUR"')
      .describe('What it is all counted in: 1 to 12 letters.'),
    outcomes: outcomes.optional(),
    answers: answers.optional(),
    costs: costs.prefault({}),
  })
  .describe('What the answers of the model are worth, and what they cost.');
export type ValueConfig = z.infer<typeof valueSchema>;
