import { canonicalText } from '../../domain/canonical-text.js';
import type { ProjectConfig, SourceConfig } from '../../domain/config/project.js';
import { RatchetError } from '../../domain/errors/ratchet-error.js';

type Sources = ProjectConfig['sources'];

/** The allow-list twice: as the commit's file has it, and as it is in force. */
export interface KnownSources {
  readonly file: Sources;
  readonly inForce: Sources;
}

/**
 * The source of a table as it is in force. `fits` says whether the table is one for it. Error: `SOURCE_UNKNOWN`, which
 * says so where the commit has it and people were not asked or have not answered yet.
 */
export function sourceInForce(
  table: string,
  name: string,
  { file, inForce }: KnownSources,
  fits: boolean,
): SourceConfig {
  const [found, written] = [own(inForce, name), own(file, name)];
  const isAnother = written !== undefined && canonicalText(written) !== canonicalText(found ?? null);
  if (found !== undefined && (fits || !isAnother)) return found;
  const allowed = Object.keys(inForce).sort();
  const has = allowed.join(', ') || 'none';
  const text = isAnother
    ? `the source ${name} is in ratchet.project.yaml, and not in force as it stands there: it waits for approval, or the project was not applied since; in force are ${has}`
    : `the source ${name} is not in the allow-list of ratchet.project.yaml, which has ${has}`;
  throw new RatchetError('SOURCE_UNKNOWN', `${table}: ${text}`, { file: table, source: name, allowed });
}

function own(sources: Sources, name: string): SourceConfig | undefined {
  return Object.hasOwn(sources, name) ? sources[name] : undefined;
}
