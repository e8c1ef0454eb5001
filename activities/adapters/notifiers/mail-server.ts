import { RatchetError } from '../../../domain/errors/ratchet-error.js';

/** A mail server as its address says. */
export interface MailServer {
  readonly host: string;
  readonly port: number;
  /** Whether TLS comes first; else it is asked for after the greeting. */
  readonly isTlsFirst: boolean;
  readonly auth: { readonly user: string; readonly pass: string } | null;
}

const defaultPorts = { 'smtps:': 465, 'smtp:': 587 } as const;

/** Takes `smtp(s)://user:password@host:port` apart. Error: `NOTICE_REFUSED`, without any of it. */
export function mailServer(name: string, text: string): MailServer {
  try {
    const url = new URL(text);
    const { protocol, username, password } = url;
    if (protocol !== 'smtp:' && protocol !== 'smtps:') throw new TypeError('scheme');
    if (!/^\/?$/.test(url.pathname) || url.search !== '' || url.hash !== '') throw new TypeError('more');
    return {
      host: plainHost(url.hostname),
      port: url.port === '' ? defaultPorts[protocol] : Number(url.port),
      isTlsFirst: protocol === 'smtps:',
      auth:
        username === '' ? null : { user: decodeURIComponent(username), pass: decodeURIComponent(password) },
    };
  } catch {
    throw new RatchetError(
      'NOTICE_REFUSED',
      `the secret "${name}" is no address of a mail server: smtp(s)://user:password@host:port, signs other than letters and digits percent-encoded`,
    );
  }
}

/** A host in its one spelling: of schemes that it does not know, `URL` leaves it as it was written. */
function plainHost(host: string): string {
  return new URL(`https://${host}/`).hostname.replace(/^\[|\]$/g, '');
}
