import { compareAlpine } from './alpine.js';
import { compareDebian } from './debian.js';
import { comparePep440 } from './pep-440.js';
import { compareSemver } from './semver.js';

/** Negative, zero or positive as the first is older, the same or newer; null where one of them is no version. */
export type VersionOrder = (a: string, b: string) => number | null;

const orders: Readonly<Record<string, VersionOrder>> = {
  Debian: compareDebian,
  Ubuntu: compareDebian,
  Alpine: compareAlpine,
  PyPI: comparePep440,
  npm: compareSemver,
};

/** The order of an ecosystem, with its release or without (`Debian:12`, `npm`); undefined for one that is not known. */
export function versionOrderOf(ecosystem: string): VersionOrder | undefined {
  const name = familyOf(ecosystem);
  return Object.hasOwn(orders, name) ? orders[name] : undefined;
}

/** `Debian` of `Debian:12`. */
export const familyOf = (ecosystem: string): string => ecosystem.split(':', 1)[0] ?? '';
