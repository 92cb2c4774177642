import { string } from "../../validation/fields";
import type { Resolved } from "../../validation/rows";
import { isKeyName, KEY_NAME_FORM } from "./kms-key";

const secretsKey = string(
  (value) => value === "create" || value === "none" || isKeyName(value),
  '"create", "none" or the name of a Cloud KMS key',
  `use the form ${KEY_NAME_FORM} for a key`,
);

/** How the control plane encrypts Kubernetes Secrets in its store. */
export const secretsEncryptionSettings = {
  /**
   * Key that encrypts the Kubernetes Secrets in the control plane's store, in addition to Google's encryption of the
   * disks: `create` (the program creates a key in the cluster's region, with rotation every 90 days), `none` (only Google's
   * encryption), or the name of an existing key in that region,
   * `projects/…/locations/…/keyRings/…/cryptoKeys/…`. For an existing key, GKE's service agent
   * (`service-PROJECT_NUMBER@container-engine-robot.iam.gserviceaccount.com`) needs the role
   * `roles/cloudkms.cryptoKeyEncrypterDecrypter`.
   *
   * Google never deletes a key ring. After `pulumi destroy`, the one that the program created is empty and costs nothing.
   *
   * @default "create"
   * @see https://cloud.google.com/kubernetes-engine/docs/how-to/encrypting-secrets (CIS GKE 1.4: 5.3.1)
   */
  secretsKey: secretsKey.default("create"),
};

type Settings = Resolved<typeof secretsEncryptionSettings>;

/** Whether the program creates the key. */
export function createsKey(settings: Settings): boolean {
  return settings.secretsKey === "create";
}
