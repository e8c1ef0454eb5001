import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Connection } from '@temporalio/client';
import { NativeConnection, Worker } from '@temporalio/worker';
import { declareSchedules } from '../../activities/triggers/declare-schedules.js';
import { recordSlot } from '../../activities/triggers/record-slot.js';
import type { ScheduleActivities } from '../../activities/triggers/schedule-activities.js';
import type { TriggerActivities } from '../../activities/triggers/trigger-activities.js';
import type { TriggersConfig } from '../../domain/config/triggers.js';
import { queues } from '../../domain/names.js';
import type { TriggerEvent } from '../../domain/triggers/trigger-event.js';
import { pickPorts } from '../../machine/free-ports.js';
import { findTemporal } from '../../stack/parts/temporal-program.js';
import { registerSearchAttributes } from '../../workers/register-search-attributes.js';
import { type GatewayRoom, openGatewayRoom } from '../gateway/gateway-room.js';
import { putLine } from '../gateway/put-line.js';
import { testStack } from '../setup/stack.js';
import { workflowBundle } from '../setup/workflow-bundle.js';
import { installQuietRuntime } from '../workflows/quiet-runtime.js';

/** Timetables of one model on a Temporal server of their own, which can be ended, over the gateway and the database. */
export interface TimetableRoom extends GatewayRoom {
  readonly project: string;
  /** What the tracked branch says, brought to the server. */
  declare(schedules: {
    readonly [name: string]: Partial<TriggersConfig['schedules'][string]>;
  }): Promise<void>;
  startWorker(): Promise<void>;
  stopWorker(): Promise<void>;
  startServer(): Promise<void>;
  /** SIGKILL. */
  killServer(): Promise<void>;
  post(name: string, verb: string, body?: object): ReturnType<GatewayRoom['ask']>;
  /** Events of a timetable, in the order of their slots. */
  events(name: string): Promise<readonly TriggerEvent[]>;
}

export async function openTimetableRoom(): Promise<TimetableRoom> {
  installQuietRuntime();
  const server = await ownServer();
  await server.start();
  const room = await openGatewayRoom({ temporalAddress: server.address });
  await registerSearchAttributes(room.deps.client, room.deps.client.options.namespace);
  const project = await room.newProject();
  const worker = slotWorker(room, server.address);
  return {
    ...room,
    project,
    async declare(schedules) {
      await putLine(room, project, { schedules });
      const { audit, client, modelLines: lines, projects, schedules: store } = room.deps;
      await declareSchedules({ audit, client, lines, projects, schedules: store }, { project });
    },
    startWorker: worker.start,
    stopWorker: worker.stop,
    startServer: server.start,
    killServer: server.kill,
    post: (name, verb, body) =>
      room.ask('POST', `/api/v1/schedules/${project}/delay/${name}/${verb}`, { body }),
    events: (name) => eventsOf(room, project, name),
    async close() {
      await worker.stop();
      await room.close();
      await server.remove();
    },
  };
}

async function eventsOf(room: GatewayRoom, project: string, name: string): Promise<readonly TriggerEvent[]> {
  const found: TriggerEvent[] = [];
  let after: string | null | undefined;
  do {
    const page = await room.deps.triggers.list({
      ...{ project, kind: 'schedule', limit: 200 },
      ...(after ? { after } : {}),
    });
    found.push(...page.events.filter(({ facts }) => facts.kind === 'schedule' && facts.schedule === name));
    after = page.next;
  } while (after);
  return found.toSorted((a, b) => (a.key < b.key ? -1 : 1));
}

/** Takes slots; what becomes of their events is not looked at here. */
function slotWorker({ deps }: GatewayRoom, address: string) {
  let ending: (() => Promise<void>) | undefined;
  const { modelLines: lines, schedules, triggers } = deps;
  const activities: Pick<ScheduleActivities & TriggerActivities, 'recordSlot' | 'settleLine' | 'wakeLines'> =
    {
      recordSlot: (input) => recordSlot({ lines, schedules, triggers }, input),
      settleLine: async () => ({ start: null, cancel: null, wakeAt: null, isGone: true }),
      wakeLines: async () => undefined,
    };
  const stop = async () => {
    await ending?.();
    ending = undefined;
  };
  return {
    async start() {
      const connection = await NativeConnection.connect({ address });
      const worker = await Worker.create({
        ...{ connection, namespace: deps.client.options.namespace, taskQueue: queues.orchestrator },
        workflowBundle: await workflowBundle(),
        activities,
      });
      const running = worker.run();
      ending = async () => {
        worker.shutdown();
        await running;
        await connection.close();
      };
    },
    stop,
  };
}

/** A development server on a file, which is there again after an end. */
async function ownServer() {
  const folder = await mkdtemp(join(testStack().stateDir, 'temporal-'));
  const { path } = await findTemporal(() => undefined);
  const wish = (name: string) => ({ name, twin: false });
  const ports = await pickPorts([wish('main'), wish('http'), wish('metrics')], process.pid);
  const address = `127.0.0.1:${ports['main']}`;
  let child: ChildProcess | undefined;
  const kill = async () => {
    if (child === undefined) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
    child = undefined;
  };
  return {
    address,
    async start() {
      const args = ['server', 'start-dev', '--headless', '--ip', '127.0.0.1', '--log-level', 'error'];
      const at = ['--port', `${ports['main']}`, '--http-port', `${ports['http']}`];
      const on = ['--metrics-port', `${ports['metrics']}`, '--db-filename', join(folder, 'temporal.db')];
      child = spawn(path, [...args, ...at, ...on], {
        stdio: 'ignore',
        env: { HOME: folder, PATH: process.env['PATH'] },
      });
      await answers(address);
    },
    kill,
    async remove() {
      await kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function answers(address: string): Promise<void> {
  for (const untilMs = Date.now() + 60_000; ; await sleep(200)) {
    try {
      const connection = await Connection.connect({ address, connectTimeout: 2000 });
      await connection.workflowService.describeNamespace({ namespace: 'default' });
      return await connection.close();
    } catch (error) {
      if (Date.now() > untilMs) throw error;
    }
  }
}
