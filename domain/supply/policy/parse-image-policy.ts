import { type ImagePolicy, imagePolicySchema } from '../../config/image-policy.js';
import { parseConfig } from '../../config/parse.js';

/** Reads an `image-policy.yaml`. Error: `CONFIG_INVALID`. */
export const parseImagePolicy = (text: string, file: string): ImagePolicy =>
  parseConfig(imagePolicySchema, text, file);
