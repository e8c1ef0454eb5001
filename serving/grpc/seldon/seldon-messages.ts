/** Any JSON, as the decoder gives it: `kind` names the field that came; absent where none did. */
export interface ValueMessage {
  readonly kind?: string;
  readonly nullValue?: 'NULL_VALUE';
  readonly numberValue?: number;
  readonly stringValue?: string;
  readonly boolValue?: boolean;
  readonly structValue?: { readonly fields?: Readonly<Record<string, ValueMessage>> };
  readonly listValue?: ListMessage;
}

export interface ListMessage {
  readonly values?: readonly ValueMessage[];
}

export interface SeldonDataMessage {
  readonly names?: readonly string[];
  readonly tensor?: { readonly shape?: readonly number[]; readonly values?: readonly number[] };
  readonly ndarray?: ListMessage;
}

/** What is absent is null or not there. */
export interface SeldonWireMessage {
  readonly meta?: {
    readonly puid?: string;
    readonly tags?: Readonly<Record<string, ValueMessage>>;
    readonly requestPath?: Readonly<Record<string, string>>;
  } | null;
  readonly data?: SeldonDataMessage;
  readonly binData?: Buffer;
  readonly strData?: string;
  readonly jsonData?: ValueMessage;
}

export interface FeedbackWireMessage {
  readonly request: SeldonWireMessage | null;
  readonly response: SeldonWireMessage | null;
  readonly reward: number;
  readonly truth: SeldonWireMessage | null;
}
