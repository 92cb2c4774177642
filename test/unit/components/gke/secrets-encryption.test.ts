import { describe, expect, test } from "vitest";

import { recordCluster } from "./recorded-cluster";

describe("the key for Secrets", () => {
  test("rotates every 90 days, and only GKE's service agent may use it", async () => {
    const { of } = await recordCluster();

    expect(of("server-keys").inputs).toMatchObject({ location: "europe-west1" });
    expect(of("server-secrets-key").inputs).toMatchObject({ rotationPeriod: "7776000s" });
    expect(of("server-secrets-key-user").inputs).toMatchObject({
      role: "roles/cloudkms.cryptoKeyEncrypterDecrypter",
      member: "serviceAccount:agent of container.googleapis.com",
    });
  });

  test("can be an existing one", async () => {
    const secretsKey = "projects/p/locations/europe-west1/keyRings/r/cryptoKeys/k";
    const made = await recordCluster({ secretsKey });

    expect(made.cluster).toMatchObject({
      databaseEncryption: { state: "ENCRYPTED", keyName: secretsKey },
    });
    expect(made.resources.filter(({ type }) => type.startsWith("gcp:kms/"))).toEqual([]);
  });

  test("can be absent, which leaves Google's encryption", async () => {
    const made = await recordCluster({ secretsKey: "none" });

    expect(made.cluster).toMatchObject({ databaseEncryption: { state: "DECRYPTED" } });
    expect(made.resources.filter(({ type }) => type.startsWith("gcp:kms/"))).toEqual([]);
  });
});
