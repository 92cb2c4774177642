import { homedir } from "node:os";
import { relative } from "node:path";

import { describe, expect, test } from "vitest";

import { createCharts } from "../../../support/chart-folder";
import { complaints } from "../../../support/config";
import { useTempFolder } from "../../../support/temp-folder";

const folder = useTempFolder();
const ISTIO = ["base", "istiod", "gateway"];

describe("charts", () => {
  test.each([
    "https://charts.example.com/istio",
    "http://localhost:8080",
    "oci://mirror.example.com/istio",
  ])("come from %s", (istioCharts) => {
    expect(complaints("server", { istioCharts })).toEqual([]);
  });

  test("come from a folder, by its whole path, from here or from the home directory", () => {
    const whole = createCharts(folder(), ISTIO);
    for (const istioCharts of [whole, relative(".", whole), `~/${relative(homedir(), whole)}`]) {
      expect(complaints("server", { istioCharts })).toEqual([]);
    }
  });

  test.each(["htps://charts.example.com", "ftp://charts.example.com", "https://", "", "oci:// x"])(
    "cannot come from %j",
    (istioCharts) => {
      expect(complaints("client", { istioCharts })).toEqual([
        expect.stringMatching(
          /^istio-mtls:istioCharts: must be a chart source \(got .*\): name a repository/,
        ),
      ]);
    },
  );

  test("cannot come from a folder that is not there, for which control plane or tool it may be", () => {
    const canary = { revision: "new", version: "1.32.0", charts: "https:/typed.example.com" };
    const observability = { prometheus: "install", kialiCharts: "~elsewhere/charts" };
    expect(
      complaints("server", { istioCharts: "charts", istioCanary: canary, observability }),
    ).toEqual([
      'istio-mtls:istioCharts: must be a folder with a folder for each chart, base, istiod, gateway (got "charts"): there is no such folder. Correct the path, or name a repository (https://…) or a registry (oci://…)',
      expect.stringMatching(/istioCanary\.charts: .*there is no such folder/),
      expect.stringMatching(/observability\.kialiCharts: .*kiali-server .*no such folder/),
    ]);
  });

  test("cannot come from a folder that lacks one", () => {
    const istioCharts = createCharts(folder(), ["base", "gateway"]);
    expect(complaints("server", { istioCharts })).toEqual([
      expect.stringMatching(/istioCharts: .*: it has no chart istiod\. Correct/),
    ]);
  });

  test("are not looked for when nothing installs them", () => {
    const observability = { prometheus: "install", kiali: false, kialiCharts: "nowhere" };
    expect(complaints("server", { observability })).toEqual([]);
  });
});
