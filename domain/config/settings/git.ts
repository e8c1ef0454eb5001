import { flagShape, listShape, optional, setting, textShape, wholeShape } from '../setting.js';

const gibibyte = 1024 ** 3;
const dayMs = 86_400_000;

/** Where repositories may be read from, and how much of them. */
export const gitSettings = {
  allowedHosts: setting('github.com,gitlab.com,bitbucket.org', {
    variable: 'RATCHET_GIT_ALLOWED_HOSTS',
    unit: 'names, comma between',
    about: 'hosts that repositories may be read from, over https and ssh',
    shape: listShape,
  }),
  allowLocal: setting('false', {
    variable: 'RATCHET_GIT_ALLOW_LOCAL',
    unit: 'true or false',
    about: 'whether a path on this machine is an address; the embedded stack says true',
    shape: flagShape,
  }),
  caFile: optional({
    variable: 'RATCHET_GIT_CA_FILE',
    unit: 'path',
    about:
      'certificates, as PEM, of the authorities that are believed over https; unset: those of the machine',
    shape: textShape,
  }),
  maxBytes: setting(String(gibibyte), {
    variable: 'RATCHET_GIT_MAX_BYTES',
    unit: 'bytes',
    about: 'size of a fetch, and of a working copy, at most',
    shape: wholeShape(1, 1024 * gibibyte),
  }),
  maxFiles: setting('50000', {
    variable: 'RATCHET_GIT_MAX_FILES',
    unit: 'files',
    about: 'files of a working copy at most',
    shape: wholeShape(1, 10_000_000),
  }),
  timeoutMs: setting('120000', {
    variable: 'RATCHET_GIT_TIMEOUT_MS',
    unit: 'ms',
    about: 'how long one fetch may take',
    shape: wholeShape(1000, dayMs),
  }),
};
