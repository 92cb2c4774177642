import { writeFileSync } from "node:fs";
import { join } from "node:path";

import type { Meshes } from "../../checks/meshes";
import { getObject, type Kubectl } from "../../checks/toolkit/kubectl";
import type { CredentialFiles } from "./static-proxy";

/** Writes the credentials of both gateways to files, for the static chain and for the load tool. */
export async function writeGatewayCredentials(
  { server, client }: Meshes,
  folder: string,
): Promise<{ readonly server: CredentialFiles; readonly client: CredentialFiles }> {
  return {
    server: await writeCredential(server.kubectl, server.ingressGateway, join(folder, "server")),
    client: await writeCredential(client.kubectl, client.egressGateway, join(folder, "client")),
  };
}

async function writeCredential(
  kubectl: Kubectl,
  { namespace, credentialName }: { readonly namespace: string; readonly credentialName: string },
  path: string,
): Promise<CredentialFiles> {
  const { data } = await getObject<{ readonly data: Readonly<Record<string, string>> }>(kubectl, [
    ...["secret", "-n", namespace, credentialName],
  ]);
  const write = (key: string, ending: string) => {
    const file = `${path}.${ending}`;
    writeFileSync(file, Buffer.from(data[key] ?? "", "base64"), { mode: 0o600 });
    return file;
  };
  return {
    chain: write("tls.crt", "crt"),
    key: write("tls.key", "key"),
    trustAnchor: write("ca.crt", "ca.crt"),
  };
}
