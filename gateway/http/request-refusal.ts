import { HTTPException } from 'hono/http-exception';

/** A refusal of ours by what HTTP calls it. Its words are told as they are; those of the HTTP library are not. */
export class RequestRefusal extends HTTPException {
  constructor(status: 400 | 408 | 413 | 415, message: string) {
    super(status, { message });
  }
}

export const tooLarge = (maxBytes: number) =>
  new RequestRefusal(413, `the body is larger than ${maxBytes} bytes`);
