/** One line of the doctor's report. */
export interface Finding {
  readonly name: string;
  /** `weak`: it works, less well than it could; `missing`: it does not work without. */
  readonly status: 'ok' | 'weak' | 'missing';
  /** What was found, in words. */
  readonly found: string;
  /** The command or sentence that mends it; null where nothing needs mending. */
  readonly mend: string | null;
}

export const ok = (name: string, found: string): Finding => ({ name, status: 'ok', found, mend: null });
export const weak = (name: string, found: string, mend: string): Finding => ({
  name,
  status: 'weak',
  found,
  mend,
});
export const missing = (name: string, found: string, mend: string): Finding => ({
  name,
  status: 'missing',
  found,
  mend,
});
