import { join, resolve } from 'node:path';

/** Where each thing lies in a state folder. */
export interface StackPaths {
  readonly state: string;
  readonly stackFile: string;
  readonly secretsFile: string;
  readonly tokenFile: string;
  /** Tokens of people who signed in, a file each. */
  readonly tokens: string;
  readonly logs: string;
  readonly temporal: string;
  readonly postgres: string;
  readonly s3: string;
  readonly secrets: string;
  /** What servers of models keep on this machine. */
  readonly serving: string;
  /** Private key of the signer, mode 0600. */
  readonly signerKey: string;
  readonly signerPublicKey: string;
}

export function stackPaths(stateDir: string): StackPaths {
  const state = resolve(stateDir);
  return {
    state,
    stackFile: join(state, 'stack.json'),
    secretsFile: join(state, 'secrets.json'),
    tokenFile: join(state, 'token'),
    tokens: join(state, 'tokens'),
    logs: join(state, 'logs'),
    temporal: join(state, 'temporal'),
    postgres: join(state, 'postgres'),
    s3: join(state, 's3'),
    secrets: join(state, 'secrets'),
    serving: join(state, 'serving'),
    signerKey: join(state, 'signer-key.pem'),
    signerPublicKey: join(state, 'signer-key.pub.pem'),
  };
}

/** Log file of a part. */
export function logPath(paths: StackPaths, part: string): string {
  return join(paths.logs, `${part}.log`);
}
