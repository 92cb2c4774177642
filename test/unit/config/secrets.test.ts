import { expect, test } from "vitest";

import { complaints, type Settings } from "../../support/config";

const PEM = "-----BEGIN PRIVATE KEY-----\naHVzaA==\n-----END PRIVATE KEY-----\n";
const BASE64 = "q83vASNFZ4mrze8BI0VniavN7wEjRWeJq83vASNFZ4k=";
const KUBECONFIG = "apiVersion: v1\nclusters: []\nusers:\n- name: u\n  user: {token: hush}\n";
const gke = (settings: Settings) => ({
  gke: { project: "my-project", region: "europe-west1", ...settings },
});

/** Credentials in the wrong place. */
const pasted: readonly (readonly [string, Settings])[] = [
  ["a key in gke.secretsKey", gke({ secretsKey: BASE64 })],
  ["a key in PEM in gke.secretsKey", gke({ secretsKey: PEM })],
  ["a key in gke.bootDiskKey", gke({ bootDiskKey: BASE64 })],
  ["a kubeconfig in kubeContext", { kubeContext: KUBECONFIG }],
  ["a kubeconfig with cluster gke", { kubeconfig: KUBECONFIG }],
  ["a token in kubeconfig", { cluster: "kubeconfig", kubeconfig: BASE64 }],
  ["a token in trustDomain", { trustDomain: BASE64 }],
  ["a key in PEM in namespace", { namespace: PEM }],
  ["a key in clients", { clients: [{ name: "c", signingRequestPem: PEM }] }],
  ["a kubeconfig in services", { services: KUBECONFIG }],
];

test.each(pasted)("%s is refused and not shown", (_what, settings) => {
  const found = complaints("server", settings);
  expect(found).not.toEqual([]);
  expect(found.join()).not.toMatch(/aHVzaA|hush|q83v/);
});
