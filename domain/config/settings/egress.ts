import { z } from 'zod';
import { listShape, setting } from '../setting.js';

const networkShape = z.union([
  z.ipv4(),
  z.ipv6(),
  z.cidrv4(),
  z.cidrv6(),
  // What ends in a number is an address, however it is written.
  z.hostname().refine((name) => !/(^|\.)\d+\.?$/.test(name)),
]);

const allowed = 'names of hosts, addresses and networks such as 10.1.0.0/16, with a comma between';
const placesShape = listShape.refine(
  (places) => places.every((place) => networkShape.safeParse(place).success),
  allowed,
);

const portsShape = listShape
  .refine(
    (ports) => ports.every((port) => /^[1-9]\d{0,4}$/.test(port) && Number(port) <= 65_535),
    'ports from 1 to 65535, with a comma between',
  )
  .transform((ports) => ports.map(Number));

/** Where calls may go that leave the platform: notices, commit statuses, mail. */
export const egressSettings = {
  allow: setting('', {
    variable: 'RATCHET_EGRESS_ALLOW',
    unit: 'hosts, comma between',
    about: 'hosts that calls going out may reach at a private address, without TLS and at any port',
    shape: placesShape,
  }),
  ports: setting('443,465,587', {
    variable: 'RATCHET_EGRESS_PORTS',
    unit: 'ports, comma between',
    about: 'ports of all other hosts that calls going out may reach',
    shape: portsShape,
  }),
};
