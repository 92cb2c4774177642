import { writeFileSync } from "node:fs";
import { join } from "node:path";

import type { GatewayWorkload, Meshes } from "../../checks/meshes";
import { getObject, type Kubectl } from "../../checks/toolkit/kubectl";
import type { CredentialFiles } from "./static-proxy";

/** Reads the data of the Secret with a gateway's credential, in base64. */
export async function readCredential(
  kubectl: Kubectl,
  { namespace, credentialName }: GatewayWorkload,
): Promise<Readonly<Record<string, string>>> {
  const { data } = await getObject<{ readonly data: Readonly<Record<string, string>> }>(kubectl, [
    ...["secret", "-n", namespace, credentialName],
  ]);
  return data;
}

/** Writes the credentials of both gateways to files, for servers of the benchmark and for the load tool. */
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
  gateway: GatewayWorkload,
  path: string,
): Promise<CredentialFiles> {
  const data = await readCredential(kubectl, gateway);
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
