import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";

import { afterAll, beforeAll, expect, test } from "vitest";

import { pullMonitoringCharts } from "../../lab/images/monitoring";
import { runCommand } from "../../lab/process/run-command";
import { buildHelm } from "./support/helm";
import { PREPARE_MS } from "./support/lab-tools";

const step = { reportWait: () => undefined };
const folder = mkdtempSync(join(tmpdir(), "istio-mtls-charts-"));
let helm: string;

beforeAll(async () => {
  helm = await buildHelm();
}, PREPARE_MS);
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** Packages charts with a pod template each, and serves them as a chart repository does. */
async function serveCharts(templates: Readonly<Record<string, string>>) {
  const repository = join(folder, "repository");
  for (const [name, template] of Object.entries(templates)) {
    const chart = join(folder, name);
    mkdirSync(join(chart, "templates"), { recursive: true });
    writeFileSync(join(chart, "Chart.yaml"), `apiVersion: v2\nname: ${name}\nversion: 1.2.3\n`);
    writeFileSync(join(chart, "values.yaml"), "nodeExporter: { enabled: true }\n");
    writeFileSync(join(chart, "templates/pod.yaml"), template);
    await runCommand(helm, ["package", chart, "--destination", repository]);
  }
  const server = createServer((request, response) => {
    response.end(readFileSync(join(repository, basename(request.url ?? ""))));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await runCommand(helm, ["repo", "index", repository, "--url", url]);
  return { url, stop: () => server.close() };
}

/** Pulls both charts from a repository, as the scenario `monitoring` does. */
function pull(url: string, cache: string, prometheusVersion = "1.2.3") {
  return pullMonitoringCharts({
    settings: { prometheusCharts: url, prometheusVersion, kialiCharts: url, kialiVersion: "1.2.3" },
    cache: join(folder, cache),
    helm,
    step,
    signal: new AbortController().signal,
  });
}

test("the charts of the monitoring tools are pulled, with the images that the program's values select", async () => {
  const { url, stop } = await serveCharts({
    "kube-prometheus-stack": [
      "containers:",
      '  - image: "registry.example.com/operator:v1"',
      "    args:",
      "      - --prometheus-config-reloader=registry.example.com/reloader:v1",
      "  {{- if .Values.nodeExporter.enabled }}",
      "  - image: registry.example.com/node-exporter:v1",
      "  {{- end }}",
      "",
    ].join("\n"),
    "kiali-server": "containers:\n  - name: kiali\n    image: registry.example.com/kiali:v2\n",
  });
  try {
    const pulled = await pull(url, "cache");
    expect(pulled.images).toEqual([
      "registry.example.com/operator:v1",
      "registry.example.com/reloader:v1",
      "registry.example.com/kiali:v2",
    ]);
    for (const chart of ["kube-prometheus-stack", "kiali-server"]) {
      expect(existsSync(join(pulled.folder, chart, "Chart.yaml"))).toBe(true);
    }
  } finally {
    stop();
  }
});

test("a repository that does not have a chart's version is named", async () => {
  const { url, stop } = await serveCharts({ "kube-prometheus-stack": "", "kiali-server": "" });
  try {
    await expect(pull(url, "other", "9.9.9")).rejects.toThrow(/kube-prometheus-stack.*9\.9\.9/s);
  } finally {
    stop();
  }
});
