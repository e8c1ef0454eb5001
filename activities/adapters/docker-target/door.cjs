/**
 * node door.cjs <file>: the door of an endpoint. Connections that come to its ports go on to replicas that answer, one
 * after the other. Which those are stands in the file, read anew for each connection; connections that there are stay
 * where they are. It looks into nothing that passes.
 */
'use strict';
const { readFileSync } = require('node:fs');
const { lookup } = require('node:dns/promises');
const { connect, createServer } = require('node:net');

const [file] = process.argv.slice(2);
const retryMs = 50;
/** A replica that crashed is started again: who comes meanwhile waits. */
const patienceMs = 20_000;
/** One whose network is gone says neither yes nor no. Enough for a first packet that was lost. */
const connectMs = 2000;
let turn = 0;

/** @type {readonly { host: string, port: number, isSpread: boolean }[]} */
const doors = JSON.parse(process.env.RATCHET_DOORS);

for (const { host, port, isSpread } of doors) {
  const server = createServer({ allowHalfOpen: true, pauseOnConnect: true }, (client) => {
    if (isSpread) turn += 1;
    client.on('error', () => client.destroy());
    goOn(client, port, isSpread ? turn : 0, Date.now() + patienceMs);
  });
  server.listen(port, host);
}
process.on('SIGTERM', () => process.exit(0));

/** A name may stand for several replicas; one of a replica that does not run stands for none. */
async function backendsOf() {
  const { backends } = JSON.parse(readFileSync(file, 'utf8'));
  const found = await Promise.all(
    backends.map((name) => lookup(name, { all: true, family: 4 }).catch(() => [])),
  );
  return found.flatMap((addresses) => addresses.map(({ address }) => address).sort());
}

function goOn(client, port, first, untilMs) {
  backendsOf().then(
    (backends) => tryEach(client, { backends, port, first, untilMs }),
    (error) => {
      console.error(`who answers is not known: ${error.message}`);
      client.destroy();
    },
  );
}

function tryEach(client, { backends, port, first, untilMs }) {
  let tried = 0;
  const next = () => {
    if (client.destroyed) return;
    if (tried < backends.length) {
      const host = backends[(first + tried) % backends.length];
      tried += 1;
      join(client, connect({ host, port, allowHalfOpen: true, noDelay: true }), next);
    } else if (Date.now() < untilMs) setTimeout(goOn, retryMs, client, port, first, untilMs);
    else client.destroy();
  };
  next();
}

function join(client, server, next) {
  let isOpen = false;
  const late = setTimeout(() => server.destroy(new Error('it does not take connections')), connectMs);
  server.on('connect', () => {
    isOpen = true;
    clearTimeout(late);
    client.setNoDelay(true);
    client.on('close', () => server.destroy());
    server.on('close', () => client.destroy());
    client.pipe(server);
    server.pipe(client);
  });
  server.on('error', () => {
    clearTimeout(late);
    server.destroy();
    if (isOpen) client.destroy();
    else next();
  });
}
