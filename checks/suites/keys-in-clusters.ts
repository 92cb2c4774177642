import { createPrivateKey, createPublicKey } from "node:crypto";

import { programCertificates } from "../toolkit/certificates/program-certificates";
import { type Check, saw } from "../check";
import { object } from "../toolkit/kubectl";
import type { Cluster, Meshes } from "../meshes";
import type { x509 } from "../toolkit/pki/x509";

/** An object of a cluster that holds a private key, and whose key it is: its public half. */
export interface HeldKey {
  readonly holder: string;
  readonly publicKey: string;
}

export const keysInClusters: readonly Check[] = [
  {
    id: 33,
    name: "CA keys in the clusters",
    expected: "each mesh's own in cacerts; the root's and the other mesh's nowhere",
    async run({ meshes, use }) {
      const all = await use(programCertificates);
      const keyOf = (name: string) => {
        const found = all.find((one) => one.name === name);
        if (!found) throw new Error(`there is no certificate of the ${name}`);
        return publicKeyOf(found.certificate);
      };
      const meshKeys = { server: keyOf("server CA"), client: keyOf("client CA") };
      const problems = await Promise.all([
        cluster(meshes, "server", meshKeys.server, [keyOf("root"), meshKeys.client]),
        cluster(meshes, "client", meshKeys.client, [keyOf("root"), meshKeys.server]),
      ]);
      const found = problems.flat();
      return found.length > 0
        ? saw(false, found.join("; "))
        : saw(true, "each mesh's own in cacerts, no other anywhere");
    },
  },
];

async function cluster(
  meshes: Meshes,
  mesh: "server" | "client",
  own: string,
  forbidden: readonly string[],
): Promise<string[]> {
  const held = await heldKeys(meshes[mesh]);
  const misplaced = held.filter(({ publicKey }) => forbidden.includes(publicKey));
  const rightly = held.some(
    ({ holder, publicKey }) => holder === "secret istio-system/cacerts" && publicKey === own,
  );
  return [
    ...(rightly ? [] : [`${mesh}: cacerts does not hold the key of its certificate`]),
    ...misplaced.map(({ holder }) => `${mesh}: ${holder} holds a CA key of another`),
  ];
}

interface Holder {
  readonly metadata: { readonly namespace: string; readonly name: string };
  readonly data?: Readonly<Record<string, string>>;
}

/** All private keys in the Secrets and ConfigMaps of a cluster; only their public halves are kept. */
async function heldKeys({ kubectl }: Cluster): Promise<HeldKey[]> {
  const list = async (kind: string, decode: (value: string) => string) => {
    const { items } = await object<{ readonly items: readonly Holder[] }>(kubectl, [kind, "-A"]);
    return items.flatMap(({ metadata: { namespace, name }, data = {} }) =>
      Object.values(data)
        .flatMap((value) => keysIn(decode(value)))
        .map((publicKey) => ({ holder: `${kind} ${namespace}/${name}`, publicKey })),
    );
  };
  return [
    ...(await list("secret", (value) => Buffer.from(value, "base64").toString())),
    ...(await list("configmap", (value) => value)),
  ];
}

/** The public halves of the private keys in a text. */
export function keysIn(text: string): string[] {
  const blocks = text.match(
    /-----BEGIN ([A-Z ]*)PRIVATE KEY-----[^-]+-----END \1PRIVATE KEY-----/g,
  );
  return (blocks ?? []).flatMap((pem) => {
    try {
      return spki(createPublicKey(createPrivateKey(pem)));
    } catch {
      return []; // encrypted, or of a kind that no certificate here has
    }
  });
}

/** The public key of a certificate, in the form in which {@link keysIn} has them. */
export function publicKeyOf(certificate: x509.X509Certificate): string {
  const der = Buffer.from(certificate.publicKey.rawData);
  return spki(createPublicKey({ key: der, format: "der", type: "spki" }));
}

function spki(key: ReturnType<typeof createPublicKey>): string {
  return key.export({ format: "der", type: "spki" }).toString("base64");
}
