import { isIP } from 'node:net';
import { RatchetError } from '../../../domain/errors/ratchet-error.js';
import type { EgressRules } from './egress-rules.js';

/**
 * Takes an address apart and refuses it where a call may not go out to it, before its name is resolved. The text may be
 * a secret, so nothing of it but the host is repeated. Error: `EGRESS_REFUSED`.
 */
export function checkedUrl(text: string, rules: EgressRules): URL {
  if (!URL.canParse(text)) throw refused('is none');
  const url = new URL(text);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw refused('has another scheme');
  if (url.username !== '' || url.password !== '') throw refused('holds a user name or a password');
  const host = hostOf(url);
  if (rules.isListed(host)) return url;
  if (url.protocol === 'http:') throw refused(`asks ${host} without TLS`);
  checkPort(host, url.port === '' ? 443 : Number(url.port), rules);
  return url;
}

/** Error: `EGRESS_REFUSED`, naming the ports that are allowed. */
export function checkPort(host: string, port: number, rules: EgressRules): void {
  if (rules.isListed(host) || rules.ports.includes(port)) return;
  throw refused(`asks ${host} at port ${port}, and allowed are ${rules.ports.join(', ') || 'none'}`);
}

/** The host of an address, an IP address without brackets. */
export function hostOf(url: URL): string {
  const bare = url.hostname.replace(/^\[|\]$/g, '');
  return isIP(bare) === 6 ? bare : url.hostname;
}

function refused(why: string): RatchetError {
  return new RatchetError(
    'EGRESS_REFUSED',
    `the address of a call that would go out ${why}; an address is https://host/path`,
  );
}
