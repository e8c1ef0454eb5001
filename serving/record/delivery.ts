import type { Worker } from 'node:worker_threads';
import type { FeedbackCounts } from '../../domain/ports/predictions.js';
import { startThread } from '../../inference/start-thread.js';
import type { DeliveredSegment, DeliveryNews, DeliveryOrder, DeliveryStart } from './delivery-messages.js';
import { type Backlog, createPacer, type DeliveryPace } from './delivery-pace.js';
import type { Segment } from './segment-files.js';

/** How long after its end the thread is started anew. */
const restartMs = 1000;
/** What it may take to end in order; what it was doing then is done once more by the next one. */
const endMs = 1000;
/** The same where another thread takes over: one that gets hardly any of the core is not waited for. */
const reliefMs = 10_000;

/** Counts since the start. */
export interface DeliveryCounts {
  /** Rows of predictions that are in the database, and those of them that were there before. */
  readonly delivered: number;
  readonly duplicates: number;
  readonly feedback: FeedbackCounts;
  readonly setAside: number;
}

export interface DeliveryEvents {
  readonly backlog: () => Backlog;
  readonly undelivered: () => readonly Segment[];
  readonly onDelivered: (segment: DeliveredSegment) => void;
  /** The database takes nothing, or takes again what it did not. */
  readonly onWaits: (reason: string) => void;
  readonly onFlows: () => void;
  readonly onPace: (pace: DeliveryPace) => void;
}

/** The thread that delivers, as the rest of the server sees it. */
export class Delivery {
  private thread: Worker;
  private ended: Promise<void> = Promise.resolve();
  private isClosing = false;
  private pace: DeliveryPace = 'patient';
  /** The thread ends for one that stands otherwise to requests: a thread may step back, but not forward again. */
  private isRelieved = false;
  /** Why the database takes nothing; null where it does. */
  private waitsFor: string | null = null;
  private readonly listeners = new Set<() => void>();
  private totals = { delivered: 0, duplicates: 0, setAside: 0 };
  private readonly feedback = { stored: 0, duplicate: 0, unknown: 0 };
  private readonly start: Omit<DeliveryStart, 'pace'>;
  private readonly paceOf: (backlog: Backlog) => DeliveryPace;
  private readonly events: DeliveryEvents;

  /** @param calmMs how long it must have kept up until it stands behind requests again */
  constructor(start: Omit<DeliveryStart, 'pace'>, events: DeliveryEvents, calmMs?: number) {
    this.paceOf = createPacer(calmMs);
    this.start = start;
    this.events = events;
    this.thread = this.open();
  }

  counts(): DeliveryCounts {
    return { ...this.totals, feedback: { ...this.feedback } };
  }

  take({ name }: Segment): void {
    this.order({ kind: 'segment', name });
    this.keepPace();
  }

  /**
   * Resolves when nothing is left, or the database takes nothing, or the time is over. What waited for the database is
   * tried again first: who comes after may be another server with a spool of its own.
   */
  async drained(mostMs: number): Promise<void> {
    this.waitsFor = null;
    this.order({ kind: 'hurry' });
    const isDone = () => this.waitsFor !== null || this.events.undelivered().length === 0;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(done, mostMs);
      const look = () => {
        if (isDone()) done();
      };
      const listeners = this.listeners;
      function done(): void {
        clearTimeout(timer);
        listeners.delete(look);
        resolve();
      }
      listeners.add(look);
      look();
    });
  }

  async close(): Promise<void> {
    this.isClosing = true;
    await this.endThread(endMs);
  }

  private order(order: DeliveryOrder): void {
    this.thread.postMessage(order);
  }

  private keepPace(): void {
    const pace = this.paceOf(this.events.backlog());
    if (pace === this.pace || this.isRelieved || this.isClosing) return;
    this.pace = pace;
    this.isRelieved = true;
    void this.endThread(reliefMs);
    this.events.onPace(pace);
  }

  private async endThread(mostMs: number): Promise<void> {
    const { thread } = this;
    this.order({ kind: 'end' });
    const timer = setTimeout(() => void thread.terminate(), mostMs);
    await this.ended;
    clearTimeout(timer);
  }

  private open(): Worker {
    const workerData: DeliveryStart = { ...this.start, pace: this.pace };
    const thread = startThread(new URL('../main-delivery', import.meta.url), { workerData });
    thread.on('message', (news: DeliveryNews) => this.hear(news));
    thread.on('error', (error) => this.events.onWaits(`the thread that delivers ended: ${error.message}`));
    this.ended = new Promise<void>((resolve) => thread.once('exit', () => resolve())).then(() => {
      if (this.isRelieved) this.reopen();
      else setTimeout(() => this.reopen(), restartMs).unref();
    });
    for (const { name } of this.events.undelivered()) thread.postMessage({ kind: 'segment', name });
    return thread;
  }

  private reopen(): void {
    if (this.isClosing) return;
    this.isRelieved = false;
    this.thread = this.open();
  }

  private hear(news: DeliveryNews): void {
    const before = this.waitsFor;
    this.waitsFor = news.kind === 'waits' ? news.reason : null;
    if (news.kind === 'waits') {
      if (news.reason !== before) this.events.onWaits(news.reason);
    } else if (news.kind === 'flows') this.events.onFlows();
    else this.note(news);
    for (const look of this.listeners) look();
  }

  private note(segment: DeliveredSegment): void {
    const { rows, duplicates, setAside, feedback } = segment;
    this.totals.delivered += rows + duplicates;
    this.totals.duplicates += duplicates;
    this.totals.setAside += setAside;
    for (const key of ['stored', 'duplicate', 'unknown'] as const) this.feedback[key] += feedback[key];
    this.events.onDelivered(segment);
    this.keepPace();
  }
}
