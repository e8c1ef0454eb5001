import type { TrainingConfig } from '../../domain/config/model.js';
import type { Secrets } from '../../domain/ports/secrets.js';

/** Secrets reach the command as RATCHET_SECRET_<NAME>, only those that the configuration names. */
export async function trainingSecrets(
  secrets: Secrets,
  training: TrainingConfig,
): Promise<Readonly<Record<string, string>>> {
  const pairs = await Promise.all(
    training.secrets.map(async (reference) => {
      const name = reference.slice('secret://'.length);
      return [`RATCHET_SECRET_${name.toUpperCase().replaceAll('-', '_')}`, await secrets.read(name)] as const;
    }),
  );
  return Object.fromEntries(pairs);
}
