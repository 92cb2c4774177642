import { describe, expect, test } from "vitest";

import { clientConfig, complaints, serverConfig } from "../../support/config";
import { recordServer } from "../../support/stacks";

const taken = ["istio-system", "istio-ingress", "default", "kube-system", "kube-shop"];
const install = { prometheus: "install" };
const operator = { prometheus: "operator" };

describe("the application's namespace", () => {
  test.each(taken)("is not %s", (namespace) => {
    for (const stack of ["server", "client"] as const) {
      expect(complaints(stack, { namespace })).toEqual([
        expect.stringMatching(
          new RegExp(
            `:namespace: "${namespace}" is (Istio's|the ingress gateway's|Kubernetes' own): name one for the application alone`,
          ),
        ),
      ]);
    }
  });

  test("is none that the program makes beside it", async () => {
    const { resources } = await recordServer({ sampleService: false });
    const made = resources
      .filter(({ type }) => type === "kubernetes:core/v1:Namespace")
      .map(({ inputs }) => (inputs["metadata"] as { name: string }).name)
      .filter((name) => name !== "httpbin");
    expect(made).not.toEqual([]);
    for (const namespace of made) expect(complaints("server", { namespace })).toHaveLength(1);
  });

  test("may be any other, with a shared gateway too", () => {
    expect(clientConfig({ namespace: "shop", egressGateway: "shared" }).namespace).toBe("shop");
  });
});

describe("the namespace of what shows metrics", () => {
  test.each(taken)("is not %s where the program makes it", (namespace) => {
    expect(complaints("server", { observability: { ...install, namespace } })).toEqual([
      expect.stringMatching(
        new RegExp(
          `observability.namespace: "${namespace}" is (Istio's|the ingress gateway's|Kubernetes' own): name one for what shows metrics, such as monitoring`,
        ),
      ),
    ]);
  });

  test.each(["istio-system", "istio-ingress"])(
    "is not %s, which is the program's, where it is there already",
    (namespace) => {
      expect(complaints("client", { observability: { ...operator, namespace } })).toEqual([
        expect.stringMatching(
          /observability.namespace: ".*" is (Istio's|the ingress gateway's): name one/,
        ),
      ]);
    },
  );

  test("may be one of the cluster's where it is there already", () => {
    const observability = { ...operator, namespace: "kube-prometheus" };
    expect(serverConfig({ observability }).observability).toMatchObject(observability);
  });

  test.each([
    ["shop", { ...install, namespace: "shop" }],
    ["shop", { ...operator, namespace: "shop" }],
    ["monitoring", install],
  ])("is not the application's, %s", (namespace, observability) => {
    expect(complaints("server", { namespace, observability })).toEqual([
      expect.stringMatching(
        new RegExp(
          `observability.namespace: "${namespace}" is the application's: name one for what shows metrics, such as m`,
        ),
      ),
    ]);
  });

  test("is nobody's where nothing is put up", () => {
    const settings = { namespace: "monitoring", observability: { prometheus: "managed" } };
    expect(complaints("server", settings)).toEqual([]);
  });
});
