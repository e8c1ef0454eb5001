import type { ModelConfig } from './model.js';

/**
 * The model with the algorithm and hyper-parameters of a variant in place of its own. Undefined where there is no such
 * variant.
 */
export function withVariant(model: ModelConfig, variant: string | null): ModelConfig | undefined {
  if (variant === null) return model;
  const chosen = model.training.variants[variant];
  if (!chosen) return undefined;
  return { ...model, training: { ...model.training, ...chosen } };
}
