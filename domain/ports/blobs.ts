/** A reference to bytes: what travels in payloads instead of data. `uri` is `s3://<bucket>/<key>`. */
export interface BlobRef {
  readonly uri: string;
  readonly sha256: string;
  readonly bytes: number;
}

/**
 * Objects by digest (`blobs/<sha256>`) and, beside them, staging keys (`runs/<run id>/...`) that may be deleted, and
 * kept keys (`audit/...`) that are found without any row.
 * An object that was set aside comes back by itself when it is read or asked for. Every read checks the digest of what came. Errors: `BLOB_MISSING`, `BLOB_CORRUPT`, `PART_UNAVAILABLE`.
 */
export interface BlobStore {
  /** Stores a file under its digest. Storing the same bytes twice is one object. */
  putFile(path: string): Promise<BlobRef>;
  putBytes(bytes: Uint8Array): Promise<BlobRef>;
  /** Canonical JSON (RFC 8785), so that equal values have equal references. */
  putJson(value: unknown): Promise<BlobRef>;
  /** Writes the object to `path` (made or replaced in one rename). */
  fetchFile(ref: BlobRef, path: string): Promise<void>;
  /** At most `maxBytes` (default 64 MiB), else `SOURCE_TOO_LARGE`. */
  getBytes(ref: BlobRef, maxBytes?: number): Promise<Uint8Array>;
  getJson(ref: BlobRef): Promise<unknown>;
  /**
   * The bytes as they come, for what is too large to hold. The object is there once this resolves; its last piece comes
   * only if the digest holds. Whoever stops early cancels the stream.
   */
  open(ref: BlobRef): Promise<ReadableStream<Uint8Array>>;
  exists(ref: BlobRef): Promise<boolean>;
  /** Reads an object as it lies in the store at this moment, to its end, and keeps nothing of it. Error: `BLOB_CORRUPT`. */
  prove(ref: BlobRef): Promise<void>;
  /** Staging: replaces what was under `key` before. Keys begin with `runs/`. */
  stageFile(key: string, path: string): Promise<BlobRef>;
  /** Sorted keys below `runs/<run id>`, or, as `runs/`, of every run: `runs/1` does not reach into `runs/10`. */
  listStaged(prefix: string): Promise<readonly string[]>;
  fetchStaged(key: string, path: string): Promise<void>;
  /** Deletes everything below a folder; how many objects went. */
  deleteStaged(prefix: string): Promise<number>;
  /**
   * Canonical JSON under a key of its own: written once, and neither replaced nor deleted by this store. False where
   * there is an object already, which stays. Keys begin with `audit/`.
   */
  keepJson(key: string, value: unknown): Promise<boolean>;
  /** Sorted keys below a folder, from one of them on where `from` is given: itself, and those after it. */
  listKept(folder: string, from?: string): Promise<readonly string[]>;
  /** No digest stands beside it: what it is worth, a signature in it has to say. */
  readKept(key: string): Promise<KeptJson>;
}

/** A value under a key of its own. */
export interface KeptJson {
  readonly value: unknown;
  /** By the clock of the store. */
  readonly writtenAt: string;
}

/** An object by digest, and when it was last written. */
export interface StoredBlob {
  readonly sha256: string;
  readonly bytes: number;
  readonly writtenAt: string;
}

/** What the sweep does to objects. Error: `PART_UNAVAILABLE`. */
export interface BlobKeeper {
  list(): Promise<readonly StoredBlob[]>;
  /** Written when they were set aside. */
  listSetAside(): Promise<readonly StoredBlob[]>;
  /** Takes an object out of its place and keeps it beside. */
  setAside(sha256: string): Promise<void>;
  bringBack(sha256: string): Promise<void>;
  deleteSetAside(sha256: string): Promise<void>;
  /** Digests of the objects that this one names, if it is JSON. None where it is lost. */
  namedIn(sha256: string): Promise<readonly string[]>;
}

/** What rows say of objects. */
export interface BlobNames {
  /** Digests of the objects that any row names. */
  namedByRows(): Promise<ReadonlySet<string>>;
}
