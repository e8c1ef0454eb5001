/**
 * Variables by which a host itself is run: what it loads (`NODE_OPTIONS`, `LD_PRELOAD`), whom it trusts, where programs
 * and files are, and the settings of Ratchet. An application would not find all of them: it is not told of stores.
 */
const ofTheHost =
  'RATCHET_|NODE_(?!ENV$)|(?:LD|DYLD|UV|SSL|OPENSSL|ORT|GRPC|CUDA|NVIDIA|AWS|DATABASE|TEMPORAL)_|' +
  '(?:PATH|HOME|SHELL|USER|LOGNAME|TMPDIR|TMP|TEMP|IFS|ENV|BASH_ENV|GCONV_PATH|GLIBC_TUNABLES)$';

/** The name of a variable that an endpoint may set. */
export const endpointVariable = new RegExp(`^(?!${ofTheHost})[A-Z][A-Z0-9_]{0,63}$`);

/** What `endpointVariable` takes, to stand after "allowed is". */
export const endpointVariableWords =
  'a name of upper case letters, digits and underscores, of at most 64 characters, that is none of the host itself: ' +
  'RATCHET_*, NODE_* but NODE_ENV, LD_*, DYLD_*, UV_*, SSL_*, OPENSSL_*, ORT_*, GRPC_*, CUDA_*, NVIDIA_*, AWS_*, ' +
  'DATABASE_*, TEMPORAL_*, PATH, HOME, SHELL, USER, LOGNAME, TMPDIR, TMP, TEMP, IFS, ENV, BASH_ENV, GCONV_PATH, GLIBC_TUNABLES';
