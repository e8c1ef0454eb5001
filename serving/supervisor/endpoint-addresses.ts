import { createHash } from 'node:crypto';
import type { Socket } from 'node:net';
import type { EndpointAddresses } from '../../domain/ports/deployment-target.js';
import { pickPorts } from '../../machine/free-ports.js';
import { type Front, openFront } from './front.js';
import type { Protocol } from './host-process.js';
import { openMetricsPage } from './metrics-page.js';
import type { EndpointPorts } from './shapes.js';

/** The three addresses of an endpoint, open. */
export interface OpenAddresses {
  readonly ports: EndpointPorts;
  readonly at: EndpointAddresses;
  /** Hands out connections that have waited. */
  flush(): void;
  close(): void;
}

export interface AddressOptions {
  readonly host: string;
  /** Null where they are yet to be chosen. */
  readonly ports: EndpointPorts | null;
  /** Spreads the endpoints of a machine over the range of ports. */
  readonly seed: string;
  readonly take: (protocol: Protocol, connection: Socket) => boolean;
  readonly metrics: () => Promise<string>;
}

/** Error: `PART_UNAVAILABLE` where a port is taken, or none is free. */
export async function openAddresses(options: AddressOptions): Promise<OpenAddresses> {
  const { host, seed, take, metrics } = options;
  const ports = options.ports ?? (await choosePorts(seed));
  const opened: { close(): void }[] = [];
  const keep = <T extends { close(): void }>(door: T): T => {
    opened.push(door);
    return door;
  };
  const close = () => {
    for (const door of opened) door.close();
  };
  try {
    const fronts: Front[] = [
      keep(await openFront({ protocol: 'http', host, port: ports.http, take })),
      keep(await openFront({ protocol: 'grpc', host, port: ports.grpc, take })),
    ];
    keep(await openMetricsPage(host, ports.metrics, metrics));
    const flush = () => {
      for (const front of fronts) front.flush();
    };
    return { ports, at: addressesOf(host, ports), flush, close };
  } catch (error) {
    close();
    throw error;
  }
}

async function choosePorts(seed: string): Promise<EndpointPorts> {
  const wishes = ['http', 'grpc', 'metrics'].map((name) => ({ name, twin: false }));
  const number = createHash('sha256').update(seed).digest().readUInt16BE();
  return (await pickPorts(wishes, number)) as EndpointPorts;
}

function addressesOf(host: string, { http, grpc, metrics }: EndpointPorts): EndpointAddresses {
  const name = host.includes(':') ? `[${host}]` : host;
  return {
    http: `http://${name}:${http}`,
    grpc: `${name}:${grpc}`,
    metrics: `http://${name}:${metrics}/metrics`,
  };
}
