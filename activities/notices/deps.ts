import type { AccountStore } from '../../domain/ports/accounts.js';
import type { LetterCarriers } from '../../domain/ports/letter-carriers.js';
import type { Outbox } from '../../domain/ports/outbox.js';
import type { ProjectStore } from '../../domain/ports/projects.js';
import type { Secrets } from '../../domain/ports/secrets.js';

/** What carrying letters stands on. */
export interface NoticeDeps {
  readonly accounts: AccountStore;
  readonly carriers: LetterCarriers;
  readonly outbox: Outbox;
  readonly projects: ProjectStore;
  readonly secrets: Secrets;
  /** In milliseconds since 1970. */
  readonly now: () => number;
}
