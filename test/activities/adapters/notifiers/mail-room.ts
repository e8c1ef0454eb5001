import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { onTestFinished } from 'vitest';
import { createConnectOut } from '../../../../activities/adapters/egress/connect-out.js';
import { createEgressRules } from '../../../../activities/adapters/egress/egress-rules.js';
import { createMailCarrier, type MailParts } from '../../../../activities/adapters/notifiers/mail-carrier.js';
import { certificate, certificateKey, names } from '../egress/local-server.js';

export interface SeenMail {
  readonly from: string;
  readonly to: readonly string[];
  readonly raw: string;
  readonly isSecure: boolean;
  readonly user: string | undefined;
}

export interface MailRoom {
  readonly port: number;
  readonly seen: SeenMail[];
  readonly connections: () => number;
}

/** A real mail server on loopback, with the certificate of `mail.example`, until the end of the test. */
export async function mailRoom(options: SMTPServerOptions = {}): Promise<MailRoom> {
  const seen: SeenMail[] = [];
  let connections = 0;
  const server = new SMTPServer({
    authOptional: true,
    cert: certificate,
    key: certificateKey,
    logger: false,
    onConnect: (_, callback) => {
      connections += 1;
      callback();
    },
    onAuth: ({ username = '', password }, _, callback) =>
      password === 'right word'
        ? callback(null, { user: username })
        : callback(new Error(`wrong: ${password}`)),
    onData: (stream, session, callback) => {
      const { mailFrom, rcptTo } = session.envelope;
      const from = mailFrom === false ? '' : mailFrom.address;
      const to = rcptTo.map(({ address }) => address);
      text(stream).then((raw) => {
        seen.push({ from, to, raw, isSecure: session.secure, user: session.user });
        callback();
      }, callback);
    },
    ...options,
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => new Promise<void>((resolve) => server.close(resolve)));
  return { port: (server.server.address() as AddressInfo).port, seen, connections: () => connections };
}

/** A carrier that may reach what `allow` says. `mail.example` is on loopback. */
export function mailCarrier(allow: readonly string[] = ['mail.example'], change: Partial<MailParts> = {}) {
  const rules = createEgressRules({ allow, ports: [465, 587] });
  const resolve = names({
    'mail.example': ['127.0.0.1'],
    'other.example': ['127.0.0.1'],
    'inside.example': ['10.0.0.1'],
  });
  return createMailCarrier({
    connect: createConnectOut(rules, resolve),
    mayBePlain: rules.isListed,
    ca: certificate,
    log: () => undefined,
    ...change,
  });
}
