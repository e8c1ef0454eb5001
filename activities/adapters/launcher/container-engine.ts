import { request } from 'node:http';

const SOCKET = '/var/run/docker.sock';
const TIMEOUT_MS = 1000;

/** Whether a Docker engine answers on its usual socket. */
export function engineAnswers(socketPath = SOCKET): Promise<boolean> {
  return new Promise((resolve) => {
    const ping = request({ socketPath, path: '/_ping', timeout: TIMEOUT_MS }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    ping.on('error', () => resolve(false));
    ping.on('timeout', () => ping.destroy(new Error('no answer')));
    ping.end();
  });
}
