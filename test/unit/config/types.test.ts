import { expect, test } from "vitest";

import { complaints, type Settings } from "../../support/config";

const project = { project: "my-project", region: "europe-west1" };
const gke = (settings: Settings) => ({ gke: { ...project, ...settings } });

/** A setting of the wrong type, and the only message about it. */
const wrong: readonly (readonly [Settings, string])[] = [
  [
    gke({ spot: "true" }),
    'gke.spot: must be true or false (got "true"): write it without quotation marks',
  ],
  [gke({ minNodes: "3" }), 'gke.minNodes: must be an integer from 1 to 1000 (got "3")'],
  [
    gke({ clusterName: 5 }),
    "gke.clusterName: must be a cluster name (got 5): use at most 24 lowercase letters, digits and hyphens, and start with a letter",
  ],
  [gke({ zones: "b" }), 'gke.zones: must be a list (got "b"): write a list, even for one entry'],
  [
    gke({ zones: ["europe-west1-b", null] }),
    "gke.zones[1]: must be a zone (got null): use a name such as europe-west1-b",
  ],
  [
    gke({ maintenanceWindow: ["SA"] }),
    "gke.maintenanceWindow: must be an object (got a list): write keys with values",
  ],
  [
    gke({ maintenanceWindow: { days: ["SA"], start: "01:00" } }),
    "gke.maintenanceWindow.hours: is missing: set it with `pulumi config set --path 'gke.maintenanceWindow.hours' VALUE`",
  ],
  [
    gke({ labels: { team: 5 } }),
    "gke.labels.team: must be a label value (got 5): put it in quotation marks",
  ],
  [{ gke: ["my-project"] }, "gke: must be an object (got a list): write keys with values"],
  [gke({ nodes: 3 }), "gke.nodes: is not a known key: remove it or correct its name"],
  [{ trustDomian: "x" }, "trustDomian: is not a known key: remove it or correct its name"],
  [
    { observability: { prometheus: "install", kiali: "no" } },
    'observability.kiali: must be true or false (got "no")',
  ],
  [
    { observability: { prometheus: "install", kialiCharts: 5 } },
    "observability.kialiCharts: must be a chart source (got 5): put it in quotation marks",
  ],
  [
    { observability: { prometheus: "install", prometheusValues: "a: b" } },
    'observability.prometheusValues: must be an object (got "a: b"): write keys with values',
  ],
  [
    { istioValues: { base: 5 } },
    "istioValues.base: must be an object (got 5): write keys with values",
  ],
  [{ istioValues: "[]" }, "istioValues: must be an object (got a list): write keys with values"],
  [
    { services: { host: "a" } },
    "services: must be a list (got an object): write a list, even for one entry",
  ],
  [{ services: ["web"] }, 'services[0]: must be an object (got "web"): write keys with values'],
  [
    { certificates: { leafHours: "abc" } },
    'certificates.leafHours: must be an integer from 3 to 439200 (got "abc")',
  ],
  [
    { certificates: { rootHours: 0 } },
    "certificates.rootHours: must be an integer from 27 to 439200 (got 0)",
  ],
  [
    { services: [{ host: "a.example.com", namespace: "shop", service: "web", port: [80] }] },
    "services[0].port: must be an integer from 1 to 65535 (got a list)",
  ],
  [
    { istioVersion: "latest", istioCanary: { revision: "new", version: "1.32.0" } },
    'istioVersion: must be a version (got "latest"): use three numbers, such as 1.31.0',
  ],
  [
    { role: "middle", services: [], clients: [] },
    'role: must be "server" or "client" (got "middle")',
  ],
  [
    { role: undefined, trustDomain: "x" },
    "role: is missing: set it with `pulumi config set role VALUE`",
  ],
];

test.each(wrong)("%j has one message", (settings, message) => {
  expect(complaints("server", settings)).toEqual([`istio-mtls:${message}`]);
});

test("a wrong role is the only message in the client's stack too", () => {
  expect(complaints("client", { role: "Client" })).toEqual([
    'istio-mtls:role: must be "server" or "client" (got "Client")',
  ]);
});

test("a long value is not shown", () => {
  expect(complaints("server", gke({ spot: "hush".repeat(100) }))).toEqual([
    "istio-mtls:gke.spot: must be true or false (value not shown)",
  ]);
});
