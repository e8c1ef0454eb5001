import { configErrors } from './codes/config.js';
import { dataErrors } from './codes/data.js';
import { gateErrors } from './codes/gates.js';
import { imageErrors } from './codes/images.js';
import { modelErrors } from './codes/model.js';
import { noticeErrors } from './codes/notices.js';
import { platformErrors } from './codes/platform.js';
import { servingErrors } from './codes/serving.js';
import { trainingErrors } from './codes/training.js';
import { entries } from './entry.js';

export type { ErrorEntry, ErrorKind } from './entry.js';

/** Every error a user can meet, by code. `docs/errors.md` lists the same codes; a test compares them. */
export const catalogue = entries({
  ...configErrors,
  ...dataErrors,
  ...trainingErrors,
  ...modelErrors,
  ...servingErrors,
  ...gateErrors,
  ...imageErrors,
  ...noticeErrors,
  ...platformErrors,
});

export type ErrorCode = keyof typeof catalogue;

/** Whether a code says that what was asked is wrong or not allowed, so that asking again changes nothing. */
export function isRefusal(code: string | null): boolean {
  if (code === null || !Object.hasOwn(catalogue, code)) return false;
  const { kind } = catalogue[code as ErrorCode];
  return kind === 'refused' || kind === 'user' || kind === 'notFound';
}
