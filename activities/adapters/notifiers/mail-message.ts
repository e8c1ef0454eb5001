import type { SendMailOptions } from 'nodemailer';
import { cutLine } from '../../../domain/notices/cut-line.js';
import type { Errand } from '../../../domain/ports/letter-carriers.js';
import { printableLine } from '../../../domain/printable.js';

const subjectCharacters = 200;
/** Stricter than what a mail address may be: nothing that a header or a command would read otherwise. */
const mailAddress = /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?$/;

/** Where a letter goes: what the target names, and those whom the notice is to; what is no address is told apart. */
export function recipientsOf({ target, addresses }: Pick<Errand<'mail'>, 'target' | 'addresses'>) {
  const all = [...new Set([...target.to, ...addresses].map((address) => address.trim()))];
  return {
    to: all.filter((address) => mailAddress.test(address)),
    noAddresses: all.filter((address) => !mailAddress.test(address)),
  };
}

/** A letter as plain text. Its Message-ID is that of the letter, so that one that comes twice is seen as one. */
export function mailMessage(
  { letter, target }: Pick<Errand<'mail'>, 'letter' | 'target'>,
  to: readonly string[],
): SendMailOptions {
  const { title, lines } = letter.notice;
  const domain = target.from.slice(target.from.lastIndexOf('@') + 1);
  return {
    from: { name: 'Ratchet', address: target.from },
    to: to.map((address) => ({ name: '', address })),
    subject: cutLine(title, subjectCharacters),
    text: `${[title, '', ...lines].map(printableLine).join('\n')}\n`,
    messageId: `<${letter.id}@${domain}>`,
    // What answers by itself does not answer this.
    headers: { 'Auto-Submitted': 'auto-generated' },
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}
