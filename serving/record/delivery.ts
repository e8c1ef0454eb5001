import type { Worker } from 'node:worker_threads';
import type { FeedbackCounts } from '../../domain/ports/predictions.js';
import { startThread } from '../../inference/start-thread.js';
import type { DeliveredSegment, DeliveryNews, DeliveryOrder, DeliveryStart } from './delivery-messages.js';
import type { Segment } from './segment-files.js';

/** How long after its end the thread is started anew. */
const restartMs = 1000;
/** What it may take to end in order; what it was doing then is done once more by the next server. */
const endMs = 1000;

/** Counts since the start. */
export interface DeliveryCounts {
  /** Rows of predictions that are in the database, and those of them that were there before. */
  readonly delivered: number;
  readonly duplicates: number;
  readonly feedback: FeedbackCounts;
  readonly setAside: number;
}

export interface DeliveryEvents {
  readonly undelivered: () => readonly Segment[];
  readonly onDelivered: (segment: DeliveredSegment) => void;
  /** The database takes nothing, or takes again what it did not. */
  readonly onWaits: (reason: string) => void;
  readonly onFlows: () => void;
}

/** The thread that delivers, as the rest of the server sees it. */
export class Delivery {
  private thread: Worker;
  private isClosing = false;
  /** Why the database takes nothing; null where it does. */
  private waitsFor: string | null = null;
  private readonly listeners = new Set<() => void>();
  private totals = { delivered: 0, duplicates: 0, setAside: 0 };
  private readonly feedback = { stored: 0, duplicate: 0, unknown: 0 };
  private readonly start: DeliveryStart;
  private readonly events: DeliveryEvents;

  constructor(start: DeliveryStart, events: DeliveryEvents) {
    this.start = start;
    this.events = events;
    this.thread = this.open();
  }

  counts(): DeliveryCounts {
    return { ...this.totals, feedback: { ...this.feedback } };
  }

  take({ name }: Segment): void {
    this.order({ kind: 'segment', name });
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
    const ended = new Promise<void>((resolve) => this.thread.once('exit', () => resolve()));
    this.order({ kind: 'end' });
    const timer = setTimeout(() => void this.thread.terminate(), endMs);
    await ended;
    clearTimeout(timer);
  }

  private order(order: DeliveryOrder): void {
    this.thread.postMessage(order);
  }

  private open(): Worker {
    const thread = startThread(new URL('../main-delivery', import.meta.url), { workerData: this.start });
    thread.on('message', (news: DeliveryNews) => this.hear(news));
    thread.on('error', (error) => this.events.onWaits(`the thread that delivers ended: ${error.message}`));
    thread.once('exit', () => {
      if (this.isClosing) return;
      setTimeout(() => {
        if (!this.isClosing) this.thread = this.open();
      }, restartMs).unref();
    });
    for (const { name } of this.events.undelivered()) thread.postMessage({ kind: 'segment', name });
    return thread;
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
  }
}
