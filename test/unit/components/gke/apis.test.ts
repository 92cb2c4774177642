import { readFileSync } from "node:fs";

import { describe, expect, test } from "vitest";

import { recordCluster, type RecordedCluster } from "./recorded-cluster";

describe("the APIs", () => {
  const services = ({ resources }: RecordedCluster) =>
    resources
      .filter(({ type }) => type === "gcp:projects/service:Service")
      .map(({ inputs }) => inputs["service"]);

  test("that are required are enabled, and stay enabled when the cluster is deleted", async () => {
    const standard = await recordCluster();

    expect(services(standard)).toEqual([
      "compute.googleapis.com",
      "container.googleapis.com",
      "iam.googleapis.com",
      "cloudkms.googleapis.com",
      "binaryauthorization.googleapis.com",
      "containersecurity.googleapis.com",
    ]);
    expect(standard.of("server-container-api").inputs["disableOnDestroy"]).toBe(false);
  });

  test("that are not required are not enabled", async () => {
    expect(
      services(
        await recordCluster({
          secretsKey: "none",
          binaryAuthorization: false,
          securityPosture: false,
        }),
      ),
    ).toEqual(["compute.googleapis.com", "container.googleapis.com", "iam.googleapis.com"]);
  });

  test("are all in the README's command, because an API can be used only minutes after it is enabled", async () => {
    const readme = readFileSync("README.md", "utf8");
    const [, command = ""] = /gcloud services enable ([\s\S]*?)--project/.exec(readme) ?? [];
    const enabled = command.match(/[a-z]+\.googleapis\.com/g);
    expect(enabled).toEqual(expect.arrayContaining(services(await recordCluster())));
  });

  test("are not enabled with enableApis false", async () => {
    expect(services(await recordCluster({ enableApis: false }))).toEqual([]);
  });
});
