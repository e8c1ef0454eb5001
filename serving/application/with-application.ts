import type { DataPlane } from '../data-plane-port.js';
import type { OpenApplication } from './open-application.js';

/** The same data plane, ready only while the application is. */
export function withApplication(plane: DataPlane, application: OpenApplication | null): DataPlane {
  if (application === null) return plane;
  return Object.create(plane, {
    isReady: { value: () => plane.isReady() && application.isReady() },
  }) as DataPlane;
}
