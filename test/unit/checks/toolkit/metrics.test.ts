import { describe, expect, test } from "vitest";

import type { Kubectl } from "../../../../checks/toolkit/kubectl";
import { parseSamples } from "../../../../checks/toolkit/metrics/exposition";
import { scrape } from "../../../../checks/toolkit/metrics/scrape";

describe("parseSamples", () => {
  test("reads names, labels and values, as written by Envoy and Go", () => {
    const text = [
      "# HELP envoy_cluster_upstream_rq Requests",
      "# TYPE envoy_cluster_upstream_rq counter",
      'envoy_cluster_upstream_rq{cluster_name="outbound|80||a.example.com",response_code="503"} 5',
      "envoy_server_live{} 1",
      "citadel_server_root_cert_expiry_timestamp 2.11087019e+09",
      'envoy_cluster_upstream_rq_time_bucket{le="+Inf"} 3 1803286190000',
      String.raw`quoted{text="say \"so\"\n, then {go}"} -Inf`,
      "",
      "no sample at all",
    ].join("\n");
    expect(parseSamples(text)).toEqual([
      {
        name: "envoy_cluster_upstream_rq",
        labels: { cluster_name: "outbound|80||a.example.com", response_code: "503" },
        value: 5,
      },
      { name: "envoy_server_live", labels: {}, value: 1 },
      { name: "citadel_server_root_cert_expiry_timestamp", labels: {}, value: 2_110_870_190 },
      { name: "envoy_cluster_upstream_rq_time_bucket", labels: { le: "+Inf" }, value: 3 },
      { name: "quoted", labels: { text: 'say "so"\n, then {go}' }, value: -Infinity },
    ]);
  });
});

describe("scrape", () => {
  const gateway = {
    namespace: "istio-ingress",
    name: "istio-ingressgateway",
    selector: "istio=ingressgateway",
    credentialName: "server-credential",
  };
  const transfer = (status: number) =>
    `\n@@transfer ${JSON.stringify({ exitcode: 0, errormsg: null, http_code: status, remote_ip: "", time_connect: 0 })}`;

  /** Two pods. Each answers with the last digit of its address. */
  const from = (status: number) => {
    const asked: string[] = [];
    const kubectl: Kubectl = (args) => {
      const url = args.at(-1) ?? "";
      const pods = [{ status: { podIP: "10.0.0.1" } }, { status: { podIP: "10.0.0.2" } }, {}];
      if (args[0] === "get") {
        expect(args).toEqual(expect.arrayContaining(["istio-ingress", "istio=ingressgateway"]));
        return Promise.resolve({ code: 0, stderr: "", stdout: JSON.stringify({ items: pods }) });
      }
      asked.push(url);
      const [, last = ""] = /(\d):15090/.exec(url) ?? [];
      const stdout = `envoy_server_live{} ${last}${transfer(status)}`;
      return Promise.resolve({ code: 0, stderr: "", stdout });
    };
    return { place: { kubectl, namespace: "outside", pod: "pod/x", container: "curl" }, asked };
  };

  test("requests each pod with an address, in plain HTTP", async () => {
    const { place, asked } = from(200);
    const samples = await scrape(place, gateway);
    expect(asked).toEqual([
      "http://10.0.0.1:15090/stats/prometheus",
      "http://10.0.0.2:15090/stats/prometheus",
    ]);
    expect(samples.map(({ value }) => value)).toEqual([1, 2]);
  });

  test("throws on any answer but 200", async () => {
    await expect(scrape(from(403).place, gateway)).rejects.toThrow("scraping 10.0.0.1 failed: 403");
  });
});
