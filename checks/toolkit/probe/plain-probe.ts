import { connect } from "node:net";

import { exchange, type ProbeRequest } from "./exchange";
import type { ProbeResult } from "./result";

/** Sends a GET in plain HTTP and returns how the server answered. */
export function plainProbe(request: ProbeRequest): Promise<ProbeResult> {
  return exchange(connect({ host: request.address, port: request.port }), request);
}
