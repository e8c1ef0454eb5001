import type { Socket } from 'node:net';
import { createTransport } from 'nodemailer';
import { RatchetError } from '../../../domain/errors/ratchet-error.js';
import type { ErrandSecrets, LetterCarrier } from '../../../domain/ports/letter-carriers.js';
import type { ConnectOut } from '../egress/connect-out.js';
import { mailFailure } from './mail-failure.js';
import { mailMessage, recipientsOf } from './mail-message.js';
import { type MailServer, mailServer } from './mail-server.js';
import { readSecret, secretName } from './read-secret.js';

const wholeMs = 30_000;
const silenceMs = 10_000;

export interface MailParts {
  readonly connect: ConnectOut;
  /** Whether the settings let a host be spoken to without TLS. */
  readonly mayBePlain: (host: string) => boolean;
  /** Certificates that are trusted in place of those that Node trusts, as PEM. */
  readonly ca?: string;
  readonly log: (message: string, facts: object) => void;
}

/** Mail over SMTP. TLS is demanded before a password or a letter is sent, but of hosts that the settings name. */
export function createMailCarrier(parts: MailParts): LetterCarrier<'mail'> {
  return {
    async carry(errand, secrets) {
      const { letter, target } = errand;
      const { to, noAddresses } = recipientsOf(errand);
      if (to.length === 0) {
        const text = 'nobody whom the notice is to has a mail address, and the target names none in "to"';
        throw new RatchetError('NOTICE_REFUSED', text);
      }
      const server = mailServer(secretName(target.server), await readSecret(secrets, target.server));
      const { rejected } = await send(parts, server, mailMessage(errand, to), secrets);
      const missed = [...rejected, ...noAddresses];
      if (missed.length > 0) {
        parts.log('a mail did not go to all', { letter: letter.id, missed: missed.length, of: to.length });
      }
    },
  };
}

async function send(
  parts: MailParts,
  server: MailServer,
  message: ReturnType<typeof mailMessage>,
  secrets: ErrandSecrets,
): Promise<{ readonly rejected: readonly string[] }> {
  const signal = AbortSignal.timeout(wholeMs);
  const connection = await parts.connect(server.host, server.port, signal);
  try {
    return await transportOver(connection, server, parts).sendMail({ ...message, signal });
  } catch (error) {
    throw mailFailure(server.host, error, secrets);
  } finally {
    connection.destroy();
  }
}

function transportOver(connection: Socket, { host, port, isTlsFirst, auth }: MailServer, parts: MailParts) {
  return createTransport({
    connection,
    host,
    port,
    secure: isTlsFirst,
    requireTLS: !isTlsFirst && !parts.mayBePlain(host),
    ...(auth === null ? {} : { auth, forceAuth: true }),
    ...(parts.ca === undefined ? {} : { tls: { ca: parts.ca } }),
    greetingTimeout: silenceMs,
    socketTimeout: silenceMs,
    maxResponseSize: 64 * 1024,
  });
}
