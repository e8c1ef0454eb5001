import { z } from 'zod';
import { optional, setting, textShape, wholeShape } from '../setting.js';

/** Docker takes a first part without a dot or a port for a name on a registry of its own. */
const imageRegistryShape = z
  .string()
  .max(200)
  .regex(
    /^(?=[^/]*[.:]|localhost(?:\/|$))[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::\d{1,5})?(?:\/[a-z0-9]+(?:[._-][a-z0-9]+)*)*$/,
    'host:port/prefix in lower case, the host with a dot or a port',
  );

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
  imageRegistry: optional({
    variable: 'RATCHET_IMAGE_REGISTRY',
    unit: 'host:port/prefix',
    about:
      'registry that images are pushed to, one that asks for no password; unset: they stay where they are built',
    shape: imageRegistryShape,
  }),
  watchMinutes: setting('60', {
    variable: 'RATCHET_IMAGE_WATCH_MINUTES',
    unit: 'minutes',
    about: 'how often images that are live are held against their base and the advisories of now',
    shape: wholeShape(1, 10_080),
  }),
};
