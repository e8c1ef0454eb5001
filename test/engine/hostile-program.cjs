/** Tries what a program in a container must not get away with, and tells what came of each. */
'use strict';
const { execFileSync, spawn, spawnSync } = require('node:child_process');
const fs = require('node:fs');
const net = require('node:net');

const attempt = (work) => {
  try {
    work();
    return 'done';
  } catch (error) {
    return error.code ?? error.message;
  }
};
/** Number of the error with which a program ends that makes one call of the kernel. */
const call = (name) => spawnSync(`/app/${name}`).status;
const status = (name) =>
  new RegExp(`^${name}:\\s*(\\S+)`, 'm').exec(fs.readFileSync('/proc/self/status', 'utf8'))?.[1];
const reach = (host, port) =>
  new Promise((done) => {
    const socket = net.connect({ host, port, timeout: 2000 });
    socket.on('connect', () => done('done'));
    socket.on('timeout', () => done('ETIMEDOUT'));
    socket.on('error', (error) => done(error.code));
  });
const forks = () =>
  new Promise((done) => {
    let alive = 0;
    let refused = 0;
    for (let i = 0; i < 60; i += 1) {
      const child = spawn('/usr/bin/node', ['-e', 'setTimeout(() => {}, 60000)'], { stdio: 'ignore' });
      child.on('error', () => (refused += 1));
      child.on('exit', () => (refused += 1));
      if (child.pid !== undefined) alive += 1;
    }
    setTimeout(() => done({ alive, refused }), 3000);
  });

async function main() {
  const told = {
    user: process.getuid(),
    processes: fs.readdirSync('/proc').filter((name) => /^\d+$/.test(name)).length,
    capabilities: [status('CapEff'), status('CapBnd'), status('CapPrm')],
    noNewPrivileges: status('NoNewPrivs'),
    seccomp: status('Seccomp'),
    writeRoot: attempt(() => fs.writeFileSync('/owned', 'x')),
    writeApp: attempt(() => fs.writeFileSync('/app/owned', 'x')),
    writeBound: attempt(() => fs.writeFileSync('/bound/owned', 'x')),
    becomeRoot: attempt(() => process.setuid(0)),
    runFromScratch: attempt(() => {
      fs.copyFileSync('/usr/bin/node', '/tmp/node');
      fs.chmodSync('/tmp/node', 0o755);
    }),
    fillScratch: attempt(() => fs.writeFileSync('/tmp/large', Buffer.alloc(64 * 1024 ** 2))),
    runScript: attempt(() => {
      fs.rmSync('/tmp/node', { force: true });
      fs.rmSync('/tmp/large', { force: true });
      fs.writeFileSync('/tmp/script', '#!/usr/bin/node\n', { mode: 0o755 });
      execFileSync('/tmp/script');
    }),
    engineSocket: attempt(() => fs.statSync('/var/run/docker.sock')),
    disks: fs.readdirSync('/dev').filter((name) => /^(sd|vd|nvme|kvm|mem)/.test(name)),
    kernelSetting: attempt(() => fs.writeFileSync('/proc/sys/kernel/hostname', 'owned')),
    calls: { mount: call('mount'), rawSocket: call('rawSocket'), newUsers: call('newUsers') },
    metadata: await reach('169.254.169.254', 80),
    outside: await reach('192.0.2.1', 443),
  };
  told.forks = await forks();
  console.log(JSON.stringify(told));
  process.exit(0);
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
