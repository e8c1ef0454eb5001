/**
 * A model file that cannot be read on: `rule` names what it broke. It never leaves this folder: the scan turns it into
 * a finding, the interface reader into a `RatchetError`.
 */
export class StructureError extends Error {
  override readonly name = 'StructureError';
  readonly rule: string;

  constructor(rule: string, message: string) {
    super(message);
    this.rule = rule;
  }
}
