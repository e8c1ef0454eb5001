import { containerUser } from './container-spec.js';
import { isByDigest } from './labels.js';

/** How an image is made of a folder: no command runs while it is built, so that nothing of the folder can. */
export interface ImageRecipe {
  /** The image below, by digest. */
  readonly base: string;
  /** Entries of the folder, each a layer at `/app/<name>`; what changes most often comes last. */
  readonly parts: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly ports: readonly number[];
  /** Program with its arguments; there is no shell. */
  readonly command: readonly string[];
  /** The same, ending with 0 where the container is well. */
  readonly healthCheck: readonly string[];
}

/** Why an image is not built by a recipe; empty where it is. */
export function refuseRecipe(recipe: ImageRecipe): readonly string[] {
  const { base, parts, env, ports, command, healthCheck } = recipe;
  const odd = parts.filter((part) => !/^[a-z][\w.-]{0,62}$/.test(part));
  const vague = Object.entries(env).filter(
    ([name, value]) => !/^[A-Z_][A-Z0-9_]*$/.test(name) || !/^[\w./:-]*$/.test(value),
  );
  return [
    ...(isByDigest(base) ? [] : [`the base is "${base}"; allowed: an image by its sha256 digest`]),
    ...(parts.length > 0 ? [] : ['the recipe has no parts']),
    ...odd.map((part) => `the part "${part}" is not a plain name`),
    ...vague.map(([name]) => `the variable "${name}" is not plain text`),
    ...ports
      .filter((port) => !Number.isInteger(port) || port < 1024 || port > 65_535)
      .map((port) => `the port is ${port}; allowed: 1024 to 65535`),
    ...(command.length > 0 && healthCheck.length > 0 ? [] : ['a command or a health check is missing']),
  ];
}

/** The Dockerfile of a recipe that is not refused. */
export function dockerfileOf({ base, parts, env, ports, command, healthCheck }: ImageRecipe): string {
  return [
    `FROM ${base}`,
    'WORKDIR /app',
    ...Object.entries(env).map(([name, value]) => `ENV ${name}="${value}"`),
    ...ports.map((port) => `EXPOSE ${port}`),
    `USER ${containerUser}`,
    // Seldom: each check starts a program. Who waits for readiness asks over the network.
    `HEALTHCHECK --interval=30s --timeout=10s --start-period=30s CMD ${JSON.stringify(healthCheck)}`,
    `CMD ${JSON.stringify(command)}`,
    ...parts.map((part) => `COPY ${JSON.stringify([part, `/app/${part}`])}`),
    '',
  ].join('\n');
}
