/** Values by name, for `secret://<name>` references. Never logged, never in a payload. */
export interface Secrets {
  /** Error: `SECRET_MISSING`, naming the secret and where it may be put. */
  read(name: string): Promise<string>;
}
