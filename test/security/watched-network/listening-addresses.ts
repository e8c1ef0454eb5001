import type { WatchedNetwork } from './watched-network.js';

const listening = '0A';
/** Addresses as the tables have them: 127.0.0.1, ::1, and 127.0.0.1 as an address of version 6. */
const loopback = /^(?:0100007F|0{24}01000000|0{16}FFFF00000100007F):/;
const readTables = 'for table in tcp tcp6 udp udp6; do sed "1d; s/^/$table /" /proc/net/$table; done';

/**
 * The sockets of a network that take connections or datagrams, whoever has them: `tcp 0100007F:1F90`, as the kernel
 * writes it.
 */
export async function listeningIn(network: WatchedNetwork): Promise<readonly string[]> {
  const text = await network.run(['sh', '-c', readTables]);
  return text
    .trim()
    .split('\n')
    .flatMap((line): string[] => {
      const [table = '', , local = '', , state] = line.trim().split(/\s+/);
      return table.startsWith('tcp') && state !== listening ? [] : [`${table} ${local}`];
    });
}

export const isLoopback = (socket: string) => loopback.test(socket.split(' ')[1] ?? '');
