import type { Fixture } from "../../check";
import type { x509 } from "../pki/x509";
import { certificatesIn, certificatesOf } from "./read";

/** A certificate that the program made, and its part. */
export interface ProgramCertificate {
  readonly role: "root" | "intermediate" | "serverLeaf" | "clientLeaf";
  /** How the report names it. */
  readonly name: string;
  readonly certificate: x509.X509Certificate;
  readonly issuer: x509.X509Certificate;
}

/** The certificates of both meshes, as the clusters hold them. */
export const programCertificates: Fixture<readonly ProgramCertificate[]> = {
  name: "the program's certificates",
  async create({ meshes: { rootCertPem, server, client } }) {
    const [root] = certificatesOf(rootCertPem);
    if (!root) throw new Error("there is no root certificate");
    const ca = async (mesh: typeof server | typeof client) =>
      (await certificatesIn(mesh.kubectl, "istio-system", "cacerts", "ca-cert.pem"))[0];
    const gatewayLeaf = async (
      { kubectl }: typeof server | typeof client,
      { namespace, credentialName }: typeof server.ingressGateway,
    ) => (await certificatesIn(kubectl, namespace, credentialName, "tls.crt"))[0];
    const serverCa = await ca(server);
    const clientCa = await ca(client);
    return [
      { role: "root", name: "root", certificate: root, issuer: root },
      { role: "intermediate", name: "server CA", certificate: serverCa, issuer: root },
      {
        role: "serverLeaf",
        name: "server leaf",
        certificate: await gatewayLeaf(server, server.ingressGateway),
        issuer: serverCa,
      },
      { role: "intermediate", name: "client CA", certificate: clientCa, issuer: root },
      {
        role: "clientLeaf",
        name: "client leaf",
        certificate: await gatewayLeaf(client, client.egressGateway),
        issuer: clientCa,
      },
    ];
  },
};
