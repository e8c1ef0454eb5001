import type { Client } from '@temporalio/client';
import proto from '@temporalio/proto';
import { searchAttributes } from '../domain/names.js';

const keyword = proto.temporal.api.enums.v1.IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD;

/** Makes our search attributes known. One that exists with another type is an error: the server would keep the old type without a word. */
export async function registerSearchAttributes(client: Client, namespace: string): Promise<void> {
  const { operatorService } = client.connection;
  const names = Object.values(searchAttributes);
  const { customAttributes } = await operatorService.listSearchAttributes({ namespace });
  const missing = names.filter((name) => customAttributes?.[name] === undefined);
  if (missing.length > 0) {
    await operatorService.addSearchAttributes({
      namespace,
      searchAttributes: Object.fromEntries(missing.map((name) => [name, keyword])),
    });
  }
  const other = names.filter(
    (name) => customAttributes?.[name] !== undefined && customAttributes[name] !== keyword,
  );
  if (other.length > 0)
    throw new Error(
      `search attribute ${other.join(', ')} exists in namespace ${namespace} with a type that is not Keyword`,
    );
}
