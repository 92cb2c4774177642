import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";

import { describe, expect, test } from "vitest";

import { BENCH_HOST, CHAIN_KINDS, makeChain } from "../../../../bench/handshake/chains";
import { useTempFolder } from "../../../support/temp-folder";

const kinds = CHAIN_KINDS.filter(({ name }) => name !== "RSA-4096");

const folder = useTempFolder();

describe.each(kinds)("a chain of $name", (kind) => {
  test("has leaves with the kind's key, that the intermediate signed", async () => {
    const chain = await makeChain(kind, folder());
    const [leaf, intermediate] = readFileSync(chain.server.chain, "utf8")
      .split(/(?=-----BEGIN)/)
      .map((pem) => new X509Certificate(pem));
    const root = new X509Certificate(readFileSync(chain.server.trustAnchor));
    expect(leaf?.checkHost(BENCH_HOST)).toBe(BENCH_HOST);
    expect(leaf?.publicKey.asymmetricKeyType).toBe(kind.name.startsWith("RSA") ? "rsa" : "ec");
    expect(intermediate && leaf?.verify(intermediate.publicKey)).toBe(true);
    expect(intermediate?.verify(root.publicKey)).toBe(true);
    const lists = chain.revocationLists && readFileSync(chain.revocationLists, "utf8");
    expect(lists?.match(/BEGIN X509 CRL/g)?.length).toBe(kind.revocationLists ? 2 : undefined);
    const constrained = Buffer.from([0x55, 0x1d, 0x1e]);
    expect(intermediate?.raw.includes(constrained)).toBe(kind.nameConstraints ?? false);
  });
});
