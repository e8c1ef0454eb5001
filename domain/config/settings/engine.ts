import { optional, textShape } from '../setting.js';

/** The engine agent, which alone asks a Docker engine for anything, and what its images are held against. */
export const engineSettings = {
  socket: optional({
    variable: 'RATCHET_ENGINE_SOCKET',
    unit: 'file',
    about:
      'socket of the Docker engine, which its agent alone opens; unset: nothing is built or run in containers',
    shape: textShape,
  }),
  advisories: optional({
    variable: 'RATCHET_ADVISORIES_DIR',
    unit: 'folder',
    about:
      'advisories that built images are held against; unset: nobody can tell, so that an image is refused',
    shape: textShape,
  }),
};
