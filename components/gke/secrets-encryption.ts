import * as gcp from "@pulumi/gcp";
import type * as pulumi from "@pulumi/pulumi";

/** Inputs of {@link secretsEncryption}. */
export interface SecretsEncryptionArgs {
  /** The setting `secretsKey`. */
  readonly secretsKey: string;
  /** Project ID. */
  readonly project: string;
  /** Region of the key. */
  readonly region: string;
  /** Labels of the key. */
  readonly labels: Readonly<Record<string, string>>;
  /** APIs that must be enabled first. */
  readonly apis: readonly pulumi.Resource[];
}

/** How a cluster encrypts Secrets. */
export interface SecretsEncryption {
  /** The cluster's argument `databaseEncryption`. */
  readonly config: gcp.types.input.container.ClusterDatabaseEncryption;
  /** What must exist before the cluster. */
  readonly dependsOn: readonly pulumi.Resource[];
}

/** Encryption of the cluster's Secrets, with a new key if `secretsKey` is `create`. */
export function secretsEncryption(
  name: string,
  args: SecretsEncryptionArgs,
  opts: pulumi.CustomResourceOptions,
): SecretsEncryption {
  switch (args.secretsKey) {
    case "none":
      return { config: { state: "DECRYPTED" }, dependsOn: [] };
    case "create":
      return newKey(name, args, opts);
    default:
      return { config: encryptedWith(args.secretsKey), dependsOn: [] };
  }
}

const NINETY_DAYS = `${90 * 24 * 3600}s`;

/** A key that only GKE's service agent may use. */
function newKey(
  name: string,
  { project, region, labels, apis }: SecretsEncryptionArgs,
  opts: pulumi.CustomResourceOptions,
): SecretsEncryption {
  const afterApis = { ...opts, dependsOn: [...apis] };
  const ring = new gcp.kms.KeyRing(`${name}-keys`, { project, location: region }, afterApis);
  const key = new gcp.kms.CryptoKey(
    `${name}-secrets-key`,
    { keyRing: ring.id, purpose: "ENCRYPT_DECRYPT", rotationPeriod: NINETY_DAYS, labels },
    opts,
  );
  const agent = new gcp.projects.ServiceIdentity(
    `${name}-gke-agent`,
    { project, service: "container.googleapis.com" },
    afterApis,
  );
  const grant = new gcp.kms.CryptoKeyIAMMember(
    `${name}-secrets-key-user`,
    {
      cryptoKeyId: key.id,
      role: "roles/cloudkms.cryptoKeyEncrypterDecrypter",
      member: agent.member,
    },
    opts,
  );
  return { config: encryptedWith(key.id), dependsOn: [grant] };
}

function encryptedWith(keyName: pulumi.Input<string>) {
  return { state: "ENCRYPTED", keyName };
}
