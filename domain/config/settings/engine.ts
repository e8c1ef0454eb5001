import { optional, textShape } from '../setting.js';

/** The engine agent, which alone asks a Docker engine for anything. */
export const engineSettings = {
  socket: optional({
    variable: 'RATCHET_ENGINE_SOCKET',
    unit: 'file',
    about:
      'socket of the Docker engine, for the engine agent alone; unset: nothing is built or run in containers',
    shape: textShape,
  }),
};
