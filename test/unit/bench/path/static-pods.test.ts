import { describe, expect, test } from "vitest";

import {
  buildNamespace,
  buildStaticPods,
  credentialFiles,
} from "../../../../bench/path/static-pods";

const resources = { requests: { cpu: "100m" }, limits: { cpu: "2" } };
const proxy = {
  ...{ name: "egress-gateway", port: 18_002, server: credentialFiles("server") },
  upstream: { address: "203.0.113.65", port: 18_003 },
};
const pods = {
  ...{ name: "egress-gateway", replicas: 2, container: { image: "proxy", resources } },
  proxy,
};

interface Items {
  readonly items: readonly {
    readonly kind: string;
    readonly metadata: object;
    readonly data?: Readonly<Record<string, string>>;
    readonly spec: {
      readonly replicas?: number;
      readonly template?: { readonly spec: PodSpec };
    };
  }[];
}

interface PodSpec {
  readonly containers: readonly {
    readonly name: string;
    readonly volumeMounts?: readonly { readonly name: string; readonly mountPath: string }[];
  }[];
  readonly volumes: readonly object[];
}

const itemsOf = (list: object) => (list as Items).items;
const find = (list: object, kind: string) => itemsOf(list).find((item) => item.kind === kind);
const podOf = (list: object) => find(list, "Deployment")?.spec.template?.spec;

describe("the pods of a static Envoy", () => {
  test("are as many as the program's, with the same image and resources", () => {
    const list = buildStaticPods(pods);
    expect(find(list, "Deployment")?.spec.replicas).toBe(2);
    expect(podOf(list)?.containers).toEqual([
      expect.objectContaining({ name: "envoy", image: "proxy", resources }),
    ]);
  });

  test("find the credential where their configuration expects it", () => {
    const list = buildStaticPods(pods);
    const config = find(list, "ConfigMap")?.data?.["envoy.json"] ?? "";
    const mounts = podOf(list)?.containers[0]?.volumeMounts ?? [];
    const server = mounts.find(({ name }) => name === "server");
    expect(config).toContain(`"filename":"${server?.mountPath}/tls.crt"`);
    expect(podOf(list)?.volumes).toContainEqual({
      name: "server",
      secret: { secretName: "server" },
    });
  });

  test("have the application beside them, if the proxy is in front of one", () => {
    const names = (list: object) => podOf(list)?.containers.map(({ name }) => name);
    expect(names(buildStaticPods({ ...pods, application: { image: "httpbin" } }))).toEqual([
      "envoy",
      "application",
    ]);
  });

  test("are behind a Service whose name leads to each of them, or behind a load balancer", () => {
    expect(find(buildStaticPods(pods), "Service")?.spec).toHaveProperty("clusterIP", "None");
    const exposed = buildStaticPods({ ...pods, service: "LoadBalancer" });
    expect(find(exposed, "Service")?.spec).toHaveProperty("type", "LoadBalancer");
    expect(find(exposed, "Service")?.spec).not.toHaveProperty("clusterIP");
  });
});

test("the namespace of the chain has both credentials, and no label that lets Istio change its pods", () => {
  const list = buildNamespace({ server: { "tls.crt": "c2VydmVy" }, client: { "tls.crt": "Y2xp" } });
  expect(find(list, "Namespace")?.metadata).toEqual({ name: "bench-static" });
  expect(itemsOf(list).filter(({ kind }) => kind === "Secret")).toEqual([
    expect.objectContaining({ data: { "tls.crt": "c2VydmVy" } }),
    expect.objectContaining({ data: { "tls.crt": "Y2xp" } }),
  ]);
});
