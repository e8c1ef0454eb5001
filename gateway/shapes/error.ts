import { z } from '@hono/zod-openapi';

export const errorSchema = z
  .object({
    error: z.object({
      code: z.string().describe('A code of the catalogue.'),
      message: z.string().describe('What was wrong, what came, what is allowed.'),
      details: z.record(z.string(), z.unknown()).describe('Facts that help to mend it.'),
    }),
  })
  .openapi('Error');
