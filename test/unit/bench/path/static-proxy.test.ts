import { describe, expect, test } from "vitest";

import { buildStaticProxy } from "../../../../bench/path/static-proxy";

const files = (name: string) => ({ chain: `${name}.crt`, key: `${name}.key`, trustAnchor: "root" });
const upstream = { address: "127.0.0.1", port: 2 };
const proxy = { name: "proxy", port: 1, upstream };
const text = (value: object) => JSON.stringify(buildStaticProxy({ ...proxy, ...value }));

describe("an Envoy of the static chain", () => {
  test("requires a client certificate of the trust anchor", () => {
    const config = text({ server: files("server") });
    expect(config).toContain('"require_client_certificate":true');
    expect(config).toContain('"trusted_ca":{"filename":"root"}');
  });

  test("connects with its certificate, by HTTP/2, and checks the name of the next", () => {
    const config = text({ upstream: { ...upstream, tls: { client: files("client"), host: "h" } } });
    expect(config).toContain('"explicit_http_config":{"http2_protocol_options":{}}');
    expect(config).toContain('"certificate_chain":{"filename":"client.crt"}');
    expect(config).toContain('[{"san_type":"DNS","matcher":{"exact":"h"}}]');
  });

  test("at the ends uses plaintext", () => {
    expect(text({})).not.toContain("transport_socket");
  });

  test("writes no access log, because the chain is the least that these proxies can do", () => {
    expect(text({ server: files("server") })).not.toContain("access_log");
  });
});
