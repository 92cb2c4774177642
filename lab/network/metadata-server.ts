import { once } from "node:events";
import { createServer } from "node:http";

import { METADATA_SERVER } from "../../checks/toolkit/metadata-server";

/**
 * Answers where the nodes of a cloud get their credentials. Without it, a check could not tell that the NetworkPolicy keeps
 * pods away from there. Never ends.
 */
export async function startMetadataServer(): Promise<void> {
  const server = createServer((_, response) => response.end("computeMetadata/\n"));
  await once(server.listen(80, METADATA_SERVER), "listening");
}
