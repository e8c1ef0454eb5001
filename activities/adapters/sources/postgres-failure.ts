import postgres from 'postgres';
import { RatchetError } from '../../../domain/errors/ratchet-error.js';
import type { SqlSourceSpec } from '../../../domain/ports/sources.js';

/** Classes of SQLSTATE under which the same query may succeed later. */
const passing = /^(?:08|40|53|57P|58)/;

/**
 * Names the failure of a source with what the server said. `hidden` texts (host, password) are taken out of it;
 * errors of the network are told by their code alone. Errors that are not about Postgres stay as they are.
 */
export function postgresFailure(error: unknown, spec: SqlSourceSpec, hidden: readonly string[]): unknown {
  if (error instanceof RatchetError || !(error instanceof Error)) return error;
  const at = `the source behind secret://${spec.connection}`;
  if (error instanceof postgres.PostgresError) {
    const details = { sqlState: error.code };
    if (error.code === '57014') return tooLong(spec);
    const said = hide(error.message, hidden);
    if (passing.test(error.code)) {
      return new RatchetError('SOURCE_UNREACHABLE', `${at} cannot answer: ${said}`, details);
    }
    return new RatchetError('SOURCE_REFUSED', `${at} refused: ${said} (${error.code})`, details);
  }
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  if (code === undefined || 'path' in error) return error;
  if (/^(?:SASL|AUTH)_/.test(code))
    return new RatchetError('SOURCE_REFUSED', `${at} refused to sign in: ${code}`);
  return new RatchetError('SOURCE_UNREACHABLE', `${at} does not answer: ${code}`);
}

export function tooLong(spec: SqlSourceSpec): RatchetError {
  const text = `the query ran longer than the ${spec.statementTimeoutMs / 1000} s that the source allows`;
  return new RatchetError('SOURCE_REFUSED', text, { statementTimeoutMs: spec.statementTimeoutMs });
}

function hide(text: string, hidden: readonly string[]): string {
  const clean = hidden
    .filter((part) => part !== '')
    .reduce((rest, part) => rest.replaceAll(part, '***'), text);
  return clean.replace(/\s+/g, ' ').slice(0, 500);
}
