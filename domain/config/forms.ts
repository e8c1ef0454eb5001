import { z } from 'zod';

/** What a text must look like, in words that stand after "allowed is". */
export interface Form {
  readonly words: string;
  /** A value that is not of this form may be a secret by mistake: it is never repeated. */
  readonly masked?: boolean;
}

/** The words for fields whose shape says too little; a described copy of a field keeps them. */
export const forms = z.registry<Form>();
