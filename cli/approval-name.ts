import { RatchetError } from '../domain/errors/ratchet-error.js';

/** An approval in an address of the API. */
export interface ApprovalPath {
  readonly project: string;
  readonly subject: string;
  readonly round: string;
}

/** `<project>/<model>@<version>` for the newest round, or the whole id. Error: `NAME_INVALID`. */
export function splitApproval(text: string): ApprovalPath {
  const [, project, subject, round = 'latest'] =
    /^(?:approval\/)?([^/@]+)\/([^/@]+@[^/@]+)(?:\/(\d+|latest))?$/.exec(text) ?? [];
  if (project !== undefined && subject !== undefined) return { project, subject, round };
  throw new RatchetError(
    'NAME_INVALID',
    `"${text}" names no approval: it is written as <project>/<model>@<version>, or as approval/<project>/<subject>/<round>`,
  );
}
