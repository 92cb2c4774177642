import { z } from "zod";

import { integer, string } from "../../validation/fields";

const PATH = /^\/$|^(\/[\w.~!$&'()*+,;=:@-]+)+$/;

/** A path in the form to which the gateway normalizes the paths of requests. */
const path = string(
  (value) => PATH.test(value) && !/\/\.{1,2}(\/|$)/.test(value),
  "a path",
  "use segments without escapes, and no slash at the end, such as /api/v1",
);

/** Paths of a service that clients may call, with how long and how often the gateway tries. */
export const servicePath = z.strictObject({
  /** The path, with everything below it: `/api` is `/api` and `/api/…`, but not `/apis`. The longest path that fits is used. */
  path,
  /**
   * Time until the end of the answer, in seconds. Then the caller gets 504. Calls of gRPC and WebSockets have no limit.
   *
   * @default no limit
   */
  timeoutSeconds: integer(1, 24 * 60 * 60).exactOptional(),
  /**
   * How often the gateway repeats a GET, HEAD or OPTIONS request that got 502, 503, 504 or no answer. Requests that the Service
   * has not received are always repeated, with every method.
   *
   * @default 0
   */
  retries: integer(0, 10).exactOptional(),
});

/** Paths of a service that clients may call, with how long and how often the gateway tries. */
export type ServicePath = Readonly<z.output<typeof servicePath>>;
