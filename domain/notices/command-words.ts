import type { RunRecord } from '../ports/runs.js';

/** Commands as a person pastes them into a shell. A ref is what somebody called a branch, and may be anything. */
export const commands = {
  showRun: (id: string) => `ratchet run show ${shellWord(id)}`,
  resumeRun: (id: string) => `ratchet run resume ${shellWord(id)}`,
  startRun: ({ project, model, ref, variant }: Pick<RunRecord, 'project' | 'model' | 'ref' | 'variant'>) =>
    [
      'ratchet run start',
      shellWord(`${project}/${model}`),
      `--ref ${shellWord(ref)}`,
      ...(variant === null ? [] : [`--variant ${shellWord(variant)}`]),
    ].join(' '),
  showRelease: (id: string) => `ratchet release show ${shellWord(id)}`,
  showEndpoint: (project: string, endpoint: string) =>
    `ratchet endpoint show ${shellWord(`${project}/${endpoint}`)}`,
  startRelease: (project: string, endpoint: string) =>
    `ratchet endpoint release ${shellWord(`${project}/${endpoint}`)}`,
  rollBackEndpoint: (project: string, endpoint: string) =>
    `ratchet endpoint rollback ${shellWord(`${project}/${endpoint}`)}`,
  explainIncident: (id: string) => `ratchet incident explain ${shellWord(id)}`,
  showEvent: (id: string) => `ratchet trigger show ${shellWord(id)}`,
  showApproval: (project: string, subject: string) =>
    `ratchet approval show ${shellWord(`${project}/${subject}`)}`,
  vote: (project: string, subject: string) =>
    `ratchet approval vote ${shellWord(`${project}/${subject}`)} approve --reason <why>`,
  vetoRun: (project: string, model: string) =>
    `ratchet trigger veto ${shellWord(`${project}/${model}`)} --reason <why>`,
  holdModel: (project: string, model: string) =>
    `ratchet model hold ${shellWord(`${project}/${model}`)} --reason <why>`,
} as const;

function shellWord(text: string): string {
  return /^[A-Za-z0-9_./@:+-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
