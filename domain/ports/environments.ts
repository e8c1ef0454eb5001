/** What a training step needs installed, by its lock file. */
export type EnvironmentSpec =
  | {
      readonly kind: 'python' /** text of a requirements file with exact pins */;
      readonly requirements: string;
    }
  | {
      readonly kind: 'node' /** text of package.json and package-lock.json */;
      readonly manifest: string;
      readonly lock: string;
      /** Without what only developing needs. Default: with it. */
      readonly production?: true;
    }
  | { readonly kind: 'none' };

export interface Environment {
  /** Digest of lock, interpreter version and platform. */
  readonly digest: string;
  /** Folders the program must be able to read. */
  readonly readOnly: readonly string[];
  /** Added to the program's environment (PATH, VIRTUAL_ENV, NODE_PATH ...). */
  readonly env: Readonly<Record<string, string>>;
  /** Links that the working copy needs: a name in it, and where it leads. */
  readonly links?: readonly { readonly from: string; readonly to: string }[];
}

/** Makes environments once per digest, safe under concurrent use, and keeps them. Error: `ENVIRONMENT_FAILED`. */
export interface Environments {
  digest(spec: EnvironmentSpec): Promise<string>;
  prepare(
    spec: EnvironmentSpec,
    options: { readonly signal?: AbortSignal; readonly onLine?: (line: string) => void },
  ): Promise<Environment>;
}
