import type { ModelConfig } from '../../domain/config/model.js';
import type { ProjectConfig } from '../../domain/config/project.js';
import type { DatasetDefinition } from '../../domain/features/dataset-definition.js';
import type { ModelLine } from '../../domain/ports/model-lines.js';

/** What starts runs of a model, and which files it is made of, by its own file and all that this names. */
export function modelLine(
  { project, models }: ProjectConfig,
  commit: string,
  model: ModelConfig,
  { file, tables, views, dataset }: DatasetDefinition,
): ModelLine {
  const listed = models.find(({ name }) => name === model.model);
  const { path: code, environment } = model.training;
  const named = [
    code,
    ...(environment.kind === 'python' ? [`${code.replace(/\/$/, '')}/${environment.requirements}`] : []),
    dataset.examples,
    ...tables.flatMap((table) => [
      table.file,
      ...(table.config.query === undefined ? [] : [table.config.query]),
    ]),
    ...views.map((view) => view.file),
  ];
  return {
    project,
    model: model.model,
    path: listed?.path ?? file.replace(/\/?ratchet\.yaml$/, ''),
    commit,
    owner: listed?.owner ?? null,
    triggers: model.triggers,
    parts: [...new Set(named)],
  };
}
