import { Worker } from 'node:worker_threads';
import { memorySignal } from './messages.js';

const lookMs = 50;

/**
 * A thread of plain JavaScript in a string: threads take no loader along, so a TypeScript file could not be run from
 * source. The second field of statm is the pages in memory.
 */
const program = `
const { readFileSync } = require('node:fs');
const { parentPort, workerData } = require('node:worker_threads');
const { parentPid, lookMs, pageBytes, memorySignal } = workerData;
let memoryBytes = Infinity;
parentPort.on('message', (limit) => { memoryBytes = limit; });
setInterval(() => {
  if (process.ppid !== parentPid) process.kill(process.pid, 'SIGKILL');
  const resident = Number(readFileSync('/proc/self/statm', 'utf8').split(' ')[1]) * pageBytes;
  if (resident > memoryBytes) process.kill(process.pid, memorySignal);
}, lookMs);
`;

/**
 * Starts a thread beside a model that may never give its own thread back. It ends the whole process when the parent is
 * gone (also when it went before this one began), or when more than `memoryBytes` are resident; until `limit` is
 * called there is no such limit.
 */
export function startWatchdog(parentPid: number): { limit(memoryBytes: number): void } {
  const workerData = { parentPid, lookMs, pageBytes: 4096, memorySignal };
  const thread = new Worker(program, { eval: true, workerData });
  return { limit: (memoryBytes) => thread.postMessage(memoryBytes) };
}
