import type { StackPaths } from '../stack-paths.js';
import type { StackSecrets } from '../stack-secrets.js';

/** What a part is built from. */
export interface PartContext {
  readonly paths: StackPaths;
  readonly secrets: StackSecrets;
  /** Port by name, such as `temporal` or `s3Filer`. */
  readonly port: (name: string) => number;
  readonly log: (part: string, text: string) => void;
}
