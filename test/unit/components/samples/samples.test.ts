import { describe, expect, test } from "vitest";

import { Httpbin } from "../../../../components/samples/httpbin";
import { TestPod } from "../../../../components/samples/test-pod";
import { argsProblems } from "../../../support/args-problems";
import { named, record } from "../../../support/record";
import { outliving } from "../../../support/teardown";

const ARGS = { namespace: "shop", revision: "1-32-0" };

describe.each([
  ["Httpbin", Httpbin, "httpbin"],
  ["TestPod", TestPod, "client"],
])("%s", (_, Sample, workload) => {
  test("runs one confined pod with a service account that has no token", async () => {
    const resources = await record(() => new Sample("sample", ARGS));
    expect(named(resources, "sample-account").inputs).toMatchObject({
      metadata: { name: workload, namespace: "shop" },
      automountServiceAccountToken: false,
    });
    expect(named(resources, "sample-deployment").inputs).toMatchObject({
      metadata: { name: workload, namespace: "shop" },
      spec: {
        replicas: 1,
        template: {
          metadata: { annotations: { "istio.io/rev": "1-32-0" } },
          spec: {
            serviceAccountName: workload,
            automountServiceAccountToken: false,
            containers: [
              {
                name: workload,
                securityContext: {
                  allowPrivilegeEscalation: false,
                  readOnlyRootFilesystem: true,
                  runAsNonRoot: true,
                },
              },
            ],
          },
        },
      },
    });
  });

  test("checks its arguments", async () => {
    const wrong = { namespace: "Shop", revision: "" };
    expect(await argsProblems(() => new Sample("sample", wrong))).toEqual([
      expect.stringMatching(/^namespace: must be a Kubernetes name \(got "Shop"\)/),
      expect.stringMatching(/^revision: must be a revision's name \(got ""\)/),
    ]);
  });
});

test("httpbin keeps idle connections for longer than Envoy's hour", async () => {
  const resources = await record(() => new Httpbin("sample", ARGS));
  expect(named(resources, "sample-deployment").inputs).toMatchObject({
    spec: {
      template: { spec: { containers: [{ env: [{ name: "SRV_READ_TIMEOUT", value: "65m" }] }] } },
    },
  });
});

test("httpbin still serves while the gateways learn that it stops", async () => {
  const resources = await record(() => new Httpbin("sample", ARGS));
  expect(named(resources, "sample-deployment").inputs).toMatchObject({
    spec: {
      template: {
        spec: { containers: [{ lifecycle: { preStop: { sleep: { seconds: 5 } } } }] },
      },
    },
  });
});

test("httpbin's Service comes after its pods, which the provider waits for", async () => {
  const resources = await record(() => new Httpbin("sample", ARGS));
  expect(outliving(resources, "sample-service")).toContain("sample-deployment");
});
