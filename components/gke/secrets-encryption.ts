import * as gcp from "@pulumi/gcp";
import type * as pulumi from "@pulumi/pulumi";

/** How Secrets are encrypted where the control plane stores them. */
export interface SecretsEncryptionSettings {
  /**
   * Key that encrypts the Kubernetes Secrets in the control plane's store, on top of Google's encryption of its disks:
   * `create` makes one in the cluster's region, rotated every 90 days; `none` leaves it at Google's; else the name of
   * a key in that region, `projects/…/locations/…/keyRings/…/cryptoKeys/…`, for which GKE's service agent
   * (`service-PROJECT_NUMBER@container-engine-robot.iam.gserviceaccount.com`) must have the role
   * `roles/cloudkms.cryptoKeyEncrypterDecrypter`.
   *
   * Google keeps the name of a key ring for ever: after `pulumi destroy` the one that was made is empty, and free.
   *
   * @default "create"
   * @see https://cloud.google.com/kubernetes-engine/docs/how-to/encrypting-secrets (CIS GKE 1.4: 5.3.1)
   */
  readonly secretsKey?: string;
}

/** Whether the program makes the key. */
export function makesKey({ secretsKey = "create" }: SecretsEncryptionSettings): boolean {
  return secretsKey === "create";
}

/** A cluster's encryption of Secrets, and what must be there before it. */
export interface SecretsEncryption {
  readonly args: Pick<gcp.container.ClusterArgs, "databaseEncryption">;
  readonly dependsOn: readonly pulumi.Resource[];
}

/** Where a key is made. */
export interface KeyPlace {
  readonly project: string;
  readonly region: string;
  readonly labels: Readonly<Record<string, string>>;
  /** APIs that must be on first. */
  readonly apis: readonly pulumi.Resource[];
}

/** The cluster's part of {@link SecretsEncryptionSettings}, with the key where it is to be made. */
export function secretsEncryption(
  parent: pulumi.Resource,
  name: string,
  settings: SecretsEncryptionSettings,
  { project, region, labels, apis }: KeyPlace,
): SecretsEncryption {
  const { secretsKey = "create" } = settings;
  if (secretsKey === "none") {
    return { args: { databaseEncryption: { state: "DECRYPTED" } }, dependsOn: [] };
  }
  if (!makesKey(settings)) return { args: encryptedBy(secretsKey), dependsOn: [] };

  const dependsOn = [...apis];
  const ring = new gcp.kms.KeyRing(
    `${name}-keys`,
    { project, location: region },
    { parent, dependsOn },
  );
  const key = new gcp.kms.CryptoKey(
    `${name}-secrets-key`,
    { keyRing: ring.id, purpose: "ENCRYPT_DECRYPT", rotationPeriod: NINETY_DAYS, labels },
    { parent },
  );
  const agent = new gcp.projects.ServiceIdentity(
    `${name}-gke-agent`,
    { project, service: "container.googleapis.com" },
    { parent, dependsOn },
  );
  const grant = new gcp.kms.CryptoKeyIAMMember(
    `${name}-secrets-key-user`,
    {
      cryptoKeyId: key.id,
      role: "roles/cloudkms.cryptoKeyEncrypterDecrypter",
      member: agent.member,
    },
    { parent },
  );
  return { args: encryptedBy(key.id), dependsOn: [grant] };
}

const NINETY_DAYS = `${90 * 24 * 3600}s`;

function encryptedBy(keyName: pulumi.Input<string>) {
  return { databaseEncryption: { state: "ENCRYPTED", keyName } };
}

const KEY_NAME = /^projects\/[^/]+\/locations\/([^/]+)\/keyRings\/[^/]+\/cryptoKeys\/[^/]+$/;

/** What is wrong with a key's name, and what to do about it. */
export function secretsKeyProblem(secretsKey: string, region: string): string | undefined {
  if (secretsKey === "create" || secretsKey === "none") return undefined;
  return keyProblem(secretsKey, region, "create, none, or ");
}

/** What is wrong with the name of a key that is there, which `or` something else might stand for. */
export function keyProblem(key: string, region: string, or = ""): string | undefined {
  const location = KEY_NAME.exec(key)?.[1];
  if (location === undefined) {
    return `"${key}" is no key: use ${or}projects/…/locations/…/keyRings/…/cryptoKeys/…`;
  }
  return location === region
    ? undefined
    : `"${key}" is in ${location}, and the cluster in ${region}: name a key in the cluster's region`;
}
