import { expect, test } from "vitest";

import { valueOf } from "../../../support/record";
import { endpointOf, recordCluster, userOf } from "./recorded-cluster";

test("the kubeconfig names the cluster as gcloud does, and authenticates with gcloud's plugin", async () => {
  const { component } = await recordCluster();
  const text = await valueOf(component.kubeconfig);

  expect(JSON.parse(text)).toMatchObject({
    "current-context": "gke_my-project_europe-west1-b_server",
  });
  expect(endpointOf(text)).toEqual({ server: "https://server-cluster.example.gke.goog" });
  expect(userOf(text)).toMatchObject({
    exec: {
      apiVersion: "client.authentication.k8s.io/v1beta1",
      command: "gke-gcloud-auth-plugin",
      provideClusterInfo: true,
    },
  });
});
