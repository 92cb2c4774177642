import { readFileSync } from "node:fs";

import { load } from "js-yaml";
import { describe, expect, test } from "vitest";

import { clientConfig, complaints, serverConfig } from "../../support/config";
import { commandsIn } from "../../support/markdown-commands";
import { createCertificate } from "../../support/pki";

/** The settings of each example on a page, by key. */
function examples(page: string): readonly Readonly<Record<string, unknown>>[] {
  return commandsIn(readFileSync(page, "utf8"), "yaml")
    .map((block) => load(block) as { readonly config?: Readonly<Record<string, unknown>> })
    .flatMap(({ config }) => (config ? [config] : []))
    .map((config) =>
      Object.fromEntries(
        Object.entries(config).map(([key, value]) => [key.replace("istio-mtls:", ""), value]),
      ),
    );
}

describe("docs/services.md", () => {
  const [tls = {}, http2 = {}, routes = {}] = examples("docs/services.md");

  test("shows a service of each kind of TLS", () => {
    // The page has a shortened certificate.
    const text = JSON.stringify(tls).replace(
      /-----BEGIN.*?END CERTIFICATE-----(\\n)?/,
      JSON.stringify(createCertificate("root")).slice(1, -1),
    );
    const settings = JSON.parse(text) as Readonly<Record<string, unknown>>;
    expect(complaints("server", settings)).toEqual([]);
    expect(serverConfig(settings).services.map((service) => service.tls)).toEqual([
      undefined,
      "none",
      "simple",
    ]);
  });

  test("shows a service with HTTP/2", () => {
    expect(complaints("server", http2)).toEqual([]);
    expect(serverConfig(http2).services[0]?.http2).toBe(true);
  });

  test("shows paths with time-outs and retries", () => {
    expect(complaints("server", routes)).toEqual([]);
    expect(serverConfig(routes).services[0]?.routes).toEqual([
      { path: "/api", timeoutSeconds: 30, retries: 2 },
      { path: "/api/reports", timeoutSeconds: 600 },
      { path: "/events" },
    ]);
  });
});

test("the destinations in docs/leaving-the-cluster.md are accepted", () => {
  const found = examples("docs/leaving-the-cluster.md");
  expect(found.map((settings) => clientConfig(settings).networkPolicyAllows.length)).toEqual([
    2, 1,
  ]);
});

test.each([
  [
    { networkPolicy: "false", networkPolicyAllows: [{ cidr: "192.0.2.0/24", ports: [443] }] },
    /networkPolicyAllows: has no effect with networkPolicy false/,
  ],
  [
    { networkPolicyAllows: [{ cidr: "0.0.0.0/0", ports: [443] }] },
    /networkPolicyAllows\[0\]\.cidr: must not be every address/,
  ],
  [
    { networkPolicyAllows: [{ cidr: "192.0.2.0/24", ports: [] }] },
    /networkPolicyAllows\[0\]\.ports: must not be empty: name the ports/,
  ],
])("%o is refused", (settings, message) => {
  expect(complaints("client", settings)).toEqual([expect.stringMatching(message) as unknown]);
});
