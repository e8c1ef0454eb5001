import type { Finding } from '../../verdict.js';
import { irVersions } from '../limits.js';
import type { OnnxModel, OpsetImport } from '../model-proto.js';
import { standardDomains } from '../operators/domains.js';
import { broken } from './broken.js';

/** Versions of the format and of the operator sets, of the model and of each function. */
export function* checkOpsets(model: OnnxModel): Generator<Finding> {
  const { irVersion } = model;
  if (irVersion < irVersions.least || irVersion > irVersions.most) {
    yield broken(
      'ir-version',
      `the file has format version ${irVersion}, allowed are ${irVersions.least} to ${irVersions.most}`,
    );
  }
  if (model.hasTraining) yield broken('training-info', 'the file holds training steps; export for inference');
  const own = new Set(model.functions.map((f) => f.domain));
  if (!model.imports.some((i) => standardDomains.has(i.domain))) {
    yield broken('opset-missing', 'the model names no version of ai.onnx or ai.onnx.ml');
  }
  yield* checkImports(model.imports, 'the model', own);
  for (const { domain, name, imports } of model.functions) {
    yield* checkImports(imports, `function ${domain}.${name}`, own);
  }
}

function* checkImports(
  imports: readonly OpsetImport[],
  whose: string,
  own: ReadonlySet<string>,
): Generator<Finding> {
  const versions = new Map<string, number>();
  for (const { domain, version } of imports) {
    if ((versions.get(domain) ?? version) !== version) {
      yield broken('opset-version', `${whose} imports ${domain} in two versions`);
    }
    versions.set(domain, version);
    const table = standardDomains.get(domain);
    if (table === undefined) {
      if (own.has(domain)) continue;
      yield broken(
        'opset-domain',
        `${whose} imports the domain "${domain}", allowed are ${[...standardDomains.keys()].join(', ')}`,
      );
    } else if (version < 1 || version > table.most) {
      yield broken(
        'opset-version',
        `${whose} imports ${domain} version ${version}, allowed are 1 to ${table.most}`,
        { actual: version, limit: table.most },
      );
    }
  }
}
