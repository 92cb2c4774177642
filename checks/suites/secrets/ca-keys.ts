import { createPrivateKey, createPublicKey } from "node:crypto";

import { ROOT_NAMESPACE } from "../../../components/istio/root-namespace";
import type { Check } from "../../check";
import type { Cluster, Meshes } from "../../meshes";
import { programCertificates } from "../../toolkit/fixtures/program-certificates";
import { getObject } from "../../toolkit/kubectl";
import type { x509 } from "../../toolkit/pki/x509";

/** An object that holds a private key, and the public key that belongs to it. */
interface StoredKey {
  readonly holder: string;
  readonly publicKey: string;
}

export const caKeys: readonly Check[] = [
  {
    slug: "secrets/ca-keys",
    title: "CA keys in the clusters",
    requirement: "ca-keys-in-place",
    expected: "each mesh's own key in cacerts, no other CA key in either cluster",
    why: "A cluster holds the CA key of its own mesh only, and the root key stays out of both.",
    threat:
      "An attacker who takes over one cluster issues certificates for the other mesh, or for all.",
    async run({ meshes, use }) {
      const certificates = await use(programCertificates);
      const keyOf = (name: string) => {
        const found = certificates.find((each) => each.name === name);
        if (!found) throw new Error(`no certificate of the ${name}`);
        return publicKeyOf(found.certificate);
      };
      const meshKeys = { server: keyOf("server CA"), client: keyOf("client CA") };
      const problems = await Promise.all([
        findProblems(meshes, "server", meshKeys.server, [keyOf("root"), meshKeys.client]),
        findProblems(meshes, "client", meshKeys.client, [keyOf("root"), meshKeys.server]),
      ]);
      const found = problems.flat();
      return found.length > 0
        ? { pass: false, observed: found.join("; ") }
        : { pass: true, observed: "each mesh's own key in cacerts, no other CA key" };
    },
  },
];

async function findProblems(
  meshes: Meshes,
  mesh: "server" | "client",
  ownKey: string,
  forbiddenKeys: readonly string[],
): Promise<string[]> {
  const { hasOtherCa } = meshes[mesh];
  const stored = await findKeys(meshes[mesh]);
  const hasOwnKey = stored.some(
    ({ holder, publicKey }) =>
      holder === `secret ${ROOT_NAMESPACE}/cacerts` && publicKey === ownKey,
  );
  // A mesh with a CA of its own does not need the program's.
  const forbidden = hasOtherCa ? [ownKey, ...forbiddenKeys] : forbiddenKeys;
  return [
    ...(hasOwnKey || hasOtherCa
      ? []
      : [`${mesh}: cacerts does not hold the key of its certificate`]),
    ...stored
      .filter(({ publicKey }) => forbidden.includes(publicKey))
      .map(({ holder }) => `${mesh}: ${holder} holds the key of another CA`),
  ];
}

interface Holder {
  readonly metadata: { readonly namespace: string; readonly name: string };
  readonly data?: Readonly<Record<string, string>>;
}

/** Finds all private keys in the Secrets and ConfigMaps of a cluster. Returns their public keys only. */
async function findKeys({ kubectl }: Cluster): Promise<StoredKey[]> {
  const list = async (kind: string, decode: (value: string) => string) => {
    const { items } = await getObject<{ readonly items: readonly Holder[] }>(kubectl, [kind, "-A"]);
    return items.flatMap(({ metadata: { namespace, name }, data = {} }) =>
      Object.values(data)
        .flatMap((value) => publicKeysOf(decode(value)))
        .map((publicKey) => ({ holder: `${kind} ${namespace}/${name}`, publicKey })),
    );
  };
  return [
    ...(await list("secret", (value) => Buffer.from(value, "base64").toString())),
    ...(await list("configmap", (value) => value)),
  ];
}

/** The public keys of the private keys in a string. */
export function publicKeysOf(text: string): string[] {
  const blocks = text.match(
    /-----BEGIN ([A-Z ]*)PRIVATE KEY-----[^-]+-----END \1PRIVATE KEY-----/g,
  );
  return (blocks ?? []).flatMap((pem) => {
    try {
      return encode(createPublicKey(createPrivateKey(pem)));
    } catch {
      return []; // The key is encrypted, or of a type that no certificate here has.
    }
  });
}

/** The public key of a certificate, in the format of {@link publicKeysOf}. */
export function publicKeyOf(certificate: x509.X509Certificate): string {
  const der = Buffer.from(certificate.publicKey.rawData);
  return encode(createPublicKey({ key: der, format: "der", type: "spki" }));
}

function encode(key: ReturnType<typeof createPublicKey>): string {
  return key.export({ format: "der", type: "spki" }).toString("base64");
}
