/**
 * What the process that keeps endpoints on a machine has in its folder beside a folder for each project. Names of projects
 * begin with a letter.
 */
export const agentFiles = {
  /** Unix socket on which it is told what is wanted. */
  socket: '.agent.sock',
  /** Files by digest, put there by whoever tells it to use them: models, and applications as they were bundled. */
  files: '.files',
} as const;
