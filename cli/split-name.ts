import { RatchetError } from '../domain/errors/ratchet-error.js';

/** `project/name` into its two parts. */
export function splitName(text: string, what: string): { project: string; name: string } {
  const [project, name, ...rest] = text.split('/');
  if (!project || !name || rest.length > 0) {
    throw new RatchetError(
      'NAME_INVALID',
      `"${text}" does not name a ${what}: it is written as <project>/<${what}>`,
    );
  }
  return { project, name };
}

/** `project`, or `project/model`. */
export function splitPlace(text: string): { project: string; model?: string } {
  if (!text.includes('/')) return { project: text };
  const { project, name } = splitName(text, 'model');
  return { project, model: name };
}

/** `project`, or `project/endpoint`; nothing where there is no text. */
export function splitEndpointPlace(text: string | undefined): { project?: string; endpoint?: string } {
  if (text === undefined) return {};
  if (!text.includes('/')) return { project: text };
  const { project, name } = splitName(text, 'endpoint');
  return { project, endpoint: name };
}

/** `project/name@version` into its three parts. */
export function splitVersion(text: string, what: string): { project: string; name: string; version: string } {
  const at = text.lastIndexOf('@');
  const version = at < 0 ? '' : text.slice(at + 1);
  if (version === '')
    throw new RatchetError(
      'NAME_INVALID',
      `"${text}" names no version: it is written as <project>/<${what}>@<version>`,
    );
  return { ...splitName(text.slice(0, at), what), version };
}
