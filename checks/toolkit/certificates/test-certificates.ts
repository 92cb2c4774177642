import type { Bench, Fixture } from "../../check";
import { object } from "../kubectl";
import type { Cluster } from "../../meshes";
import { type Authority, authorityFrom, newAuthority } from "../pki/authority";
import type { Credential } from "../pki/credential";
import { issue, leaf, type Leaf } from "../pki/leaf";

/** Certificates such as only someone with a mesh's own CA key can make. The keys stay in memory. */
export interface TestCertificates {
  /** The client mesh's intermediate. */
  readonly clientCa: Authority;
  /** The server mesh's intermediate. */
  readonly serverCa: Authority;
  /** An authority that neither mesh knows. */
  readonly otherCa: Authority;
  /** The egress gateway's leaf, but for what is changed. */
  readonly clientLeaf: (changes?: Partial<Leaf>) => Leaf;
  /** What the ingress gateway lets in. */
  readonly right: Credential;
}

export const testCertificates: Fixture<TestCertificates> = {
  name: "certificates for the checks",
  async create({ meshes }: Bench) {
    const { dnsName, uri } = meshes.client.identity;
    const right = leaf({ usage: "clientAuth", dnsNames: [dnsName], uris: [uri] });
    const clientCa = await plugInCa(meshes.client);
    return {
      clientCa,
      serverCa: await plugInCa(meshes.server),
      otherCa: await newAuthority("another root"),
      clientLeaf: (changes = {}) => ({ ...right, ...changes }),
      right: await issue(right, clientCa),
    };
  },
};

/** The intermediate with which a mesh signs, from the Secret that istiod reads it from. */
async function plugInCa({ kubectl }: Cluster): Promise<Authority> {
  const { data } = await object<{ readonly data: Readonly<Record<string, string>> }>(kubectl, [
    ...["secret", "cacerts", "-n", "istio-system"],
  ]);
  const field = (name: string) => Buffer.from(data[name] ?? "", "base64").toString();
  return authorityFrom(field("ca-cert.pem"), field("ca-key.pem"));
}
