import { describe, expect, test } from "vitest";

import { clientConfig, complaints, serverConfig } from "../../../support/config";
import { recordServer } from "../../../support/stacks";

const taken = ["istio-system", "istio-ingress", "default", "kube-system", "kube-shop"];
const install = { prometheus: "install" };
const operator = { prometheus: "operator" };

describe("the application's namespace", () => {
  test.each(taken)("is not %s", (namespace) => {
    for (const stack of ["server", "client"] as const) {
      expect(complaints(stack, { namespace })).toEqual([
        expect.stringMatching(
          new RegExp(
            `:namespace: must be .* the application \\(got "${namespace}", which (Istio|the ingress gateway|Kubernetes) uses\\): use another name`,
          ),
        ),
      ]);
    }
  });

  test("is not one that the program creates for something else", async () => {
    const { resources } = await recordServer({ sampleService: false });
    const made = resources
      .filter(({ type }) => type === "kubernetes:core/v1:Namespace")
      .map(({ inputs }) => (inputs["metadata"] as { name: string }).name)
      .filter((name) => name !== "httpbin");
    expect(made).not.toEqual([]);
    for (const namespace of made) expect(complaints("server", { namespace })).toHaveLength(1);
  });

  test("may have any other name, with a shared gateway too", () => {
    expect(clientConfig({ namespace: "shop", egressGateway: "shared" }).namespace).toBe("shop");
  });
});

describe("the namespace for monitoring", () => {
  test.each(taken)("is not %s when the program creates it", (namespace) => {
    expect(complaints("server", { observability: { ...install, namespace } })).toEqual([
      expect.stringMatching(
        new RegExp(
          `observability.namespace: must be .* monitoring \\(got "${namespace}", which (Istio|the ingress gateway|Kubernetes) uses\\): use another name, such as monitoring`,
        ),
      ),
    ]);
  });

  test.each(["istio-system", "istio-ingress"])(
    "is not %s, which the program uses, when it exists already",
    (namespace) => {
      expect(complaints("client", { observability: { ...operator, namespace } })).toEqual([
        expect.stringMatching(
          /observability.namespace: must be .* which (Istio|the ingress gateway) uses\): use another/,
        ),
      ]);
    },
  );

  test("may be a namespace of Kubernetes when it exists already", () => {
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
          `observability.namespace: must be .* \\(got "${namespace}", which the application uses\\): use another name, such as m`,
        ),
      ),
    ]);
  });

  test("is not checked when nothing is installed", () => {
    const settings = { namespace: "monitoring", observability: { prometheus: "managed" } };
    expect(complaints("server", settings)).toEqual([]);
  });
});
