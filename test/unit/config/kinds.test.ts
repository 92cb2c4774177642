import { expect, test } from "vitest";

import { complaints, type Settings } from "../../support/config";

const project = { project: "my-project", region: "europe-west1" };
const gke = (settings: Settings) => ({ gke: { ...project, ...settings } });
const GKE = "see docs/configuration.md#gke";
const ALL = "see docs/configuration.md";

/** A value of the wrong kind, and all that is said of it. */
const wrong: readonly (readonly [Settings, string])[] = [
  [
    gke({ spot: "true" }),
    `gke.spot: "true" is neither true nor false: write one of them, without quotation marks: ${GKE}`,
  ],
  [gke({ minNodes: "3" }), 'gke.minNodes: must be an integer from 1 to 1000 (got "3")'],
  [
    gke({ clusterName: 5 }),
    "gke.clusterName: must be a cluster name (got 5): use at most 24 lowercase letters, digits and hyphens, and start with a letter",
  ],
  [gke({ zones: "b" }), `gke.zones: "b" is no list: write a list, even of one item: ${GKE}`],
  [
    gke({ zones: ["europe-west1-b", null] }),
    "gke.zones[1]: must be a zone (got null): use a name such as europe-west1-b",
  ],
  [
    gke({ maintenanceWindow: ["SA"] }),
    `gke.maintenanceWindow: the list is no object: write keys with their values: ${GKE}`,
  ],
  [
    gke({ maintenanceWindow: { days: ["SA"], start: "01:00" } }),
    "gke.maintenanceWindow.hours: is missing: set it in the stack's file, or with `pulumi config set --path 'gke.maintenanceWindow.hours' VALUE`",
  ],
  [
    gke({ labels: { team: 5 } }),
    "gke.labels.team: must be a label value (got 5): use at most 63 lowercase letters, digits, hyphens and underscores",
  ],
  [{ gke: ["my-project"] }, `gke: the list is no object: write keys with their values: ${GKE}`],
  [
    gke({ nodes: 3 }),
    "gke.nodes: the program knows no such key: remove it, or look for its right name in docs/configuration.md#gke",
  ],
  [
    { trustDomian: "x" },
    "trustDomian: the program knows no such key: remove it, or look for its right name in docs/configuration.md",
  ],
  [
    { observability: { prometheus: "install", kiali: "no" } },
    `observability.kiali: "no" is neither true nor false: write one of them, without quotation marks: ${ALL}`,
  ],
  [
    { observability: { prometheus: "install", kialiCharts: 5 } },
    `observability.kialiCharts: 5 is no text: write a text, in quotation marks: ${ALL}`,
  ],
  [
    { observability: { prometheus: "install", prometheusValues: "a: b" } },
    `observability.prometheusValues: "a: b" is no object: write keys with their values: ${ALL}`,
  ],
  [
    { istioValues: { base: 5 } },
    `istioValues.base: 5 is no object: write keys with their values: ${ALL}`,
  ],
  [
    { istioValues: "[]" },
    `istioValues: the list is no object: write keys with their values: ${ALL}`,
  ],
  [
    { services: { host: "a" } },
    `services: the object is no list: write a list, even of one item: ${ALL}`,
  ],
  [{ services: ["web"] }, `services[0]: "web" is no object: write keys with their values: ${ALL}`],
  [
    { certificates: { leafHours: "abc" } },
    'certificates.leafHours: "abc" is no life of a leaf in hours: use a whole number from 1 to 439200',
  ],
  [
    { certificates: { rootHours: 0 } },
    "certificates.rootHours: 0 is no life of the root in hours: use a whole number from 1 to 439200",
  ],
  [
    { services: [{ host: "a.example.com", namespace: "shop", service: "web", port: [80] }] },
    "services[0].port: [80] is no port: use a whole number from 1 to 65535",
  ],
  [
    { istioVersion: "latest", istioCanary: { revision: "new", version: "1.32.0" } },
    'istioVersion: "latest" is no version: use one such as 1.31.0',
  ],
  [
    { role: "middle", services: [], clients: [] },
    'role: "middle" is no choice: use "server" or "client"',
  ],
  [
    { role: undefined, trustDomain: "x" },
    "role: is missing: set it in the stack's file, or with `pulumi config set role VALUE`",
  ],
];

test.each(wrong)("of %j one thing is said", (settings, message) => {
  expect(complaints("server", settings)).toEqual([`istio-mtls:${message}`]);
});

test("a wrong role is told alone in the client's stack too", () => {
  expect(complaints("client", { role: "Client" })).toEqual([
    'istio-mtls:role: "Client" is no choice: use "server" or "client"',
  ]);
});

test("a long value is not shown", () => {
  expect(complaints("server", gke({ spot: "hush".repeat(100) }))).toEqual([
    `istio-mtls:gke.spot: the value is neither true nor false: write one of them, without quotation marks: ${GKE}`,
  ]);
});
