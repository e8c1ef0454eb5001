import type { ValueMessage } from './seldon-messages.js';

/** What a value of `google.protobuf` says. */
export function plainOf(value: ValueMessage): unknown {
  if (value.listValue !== undefined) return (value.listValue.values ?? []).map(plainOf);
  if (value.structValue !== undefined) {
    const fields = Object.entries(value.structValue.fields ?? {});
    return Object.fromEntries(fields.map(([name, field]) => [name, plainOf(field)]));
  }
  return value.numberValue ?? value.stringValue ?? value.boolValue ?? null;
}

/** The way back. */
export function wireValueOf(plain: unknown): ValueMessage {
  if (plain === null || plain === undefined) return { nullValue: 'NULL_VALUE' };
  if (typeof plain === 'number') return { numberValue: plain };
  if (typeof plain === 'string') return { stringValue: plain };
  if (typeof plain === 'boolean') return { boolValue: plain };
  if (Array.isArray(plain)) return { listValue: { values: plain.map(wireValueOf) } };
  const fields = Object.entries(plain).map(([name, field]) => [name, wireValueOf(field)] as const);
  return { structValue: { fields: Object.fromEntries(fields) } };
}
