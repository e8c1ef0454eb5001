import { type Listening, listen } from '../../gateway/http/listen.js';
import { type GatewayRoom, openGatewayRoom, token } from '../gateway/gateway-room.js';
import { type CliResult, runCommand } from './run-command.js';

/** A gateway on a free port, and the command line that talks to it. */
export interface ServedGateway {
  readonly room: GatewayRoom;
  readonly url: string;
  /** How many requests it has answered. */
  answered(): number;
  ratchet(...args: string[]): Promise<CliResult>;
  /** Goes away, as a gateway does that is restarted. */
  stop(): Promise<void>;
  /** Comes back on the same port. */
  start(): Promise<void>;
  close(): Promise<void>;
}

export async function serveGateway(): Promise<ServedGateway> {
  const room = await openGatewayRoom();
  const host = '127.0.0.1';
  let answered = 0;
  const app = {
    fetch: async (request: Request) => {
      const answer = await room.app.fetch(request);
      answered += 1;
      return answer;
    },
  };
  let listening: Listening = await listen(app, { host, port: 0 });
  const { port } = listening;
  const url = `http://${host}:${port}`;
  return {
    room,
    url,
    answered: () => answered,
    ratchet: (...args) => runCommand(args, { RATCHET_URL: url, RATCHET_TOKEN: token }),
    stop: () => listening.close(),
    async start() {
      listening = await listen(app, { host, port });
    },
    async close() {
      await listening.close();
      await room.close();
    },
  };
}
