import { InvalidArgumentError } from 'commander';

/** The value of an option that counts. */
export function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('allowed is a whole number.');
  return Number(text);
}
