import { z } from 'zod';

const textShape = z.string({ error: 'a text' });
const parametersShape = z.record(
  textShape,
  z.union([z.string(), z.number(), z.bigint(), z.boolean()], { error: 'a text, a number, true or false' }),
  { error: 'an object of parameters' },
);

const inputShape = z.object(
  {
    name: textShape,
    shape: z.array(z.number({ error: 'a whole number' }), { error: 'a list of whole numbers' }),
    datatype: textShape,
    parameters: parametersShape.optional(),
    // Its elements are read by the type of the tensor; there may be many.
    data: z.custom<readonly unknown[]>(Array.isArray, { error: 'a list' }).optional(),
  },
  { error: 'an object with name, shape, datatype and data' },
);

const outputShape = z.object(
  { name: textShape, parameters: parametersShape.optional() },
  { error: 'an object with the name of an output' },
);

/** The JSON part of a request of the Open Inference Protocol. */
export const inferBodyShape = z.object(
  {
    id: textShape.optional(),
    parameters: parametersShape.optional(),
    inputs: z.array(inputShape, { error: 'a list of input tensors' }),
    outputs: z.array(outputShape, { error: 'a list of wanted outputs' }).optional(),
  },
  { error: 'an object with inputs' },
);

export type InferBody = z.infer<typeof inferBodyShape>;
export type InferInput = InferBody['inputs'][number];
export type Parameters = z.infer<typeof parametersShape>;
