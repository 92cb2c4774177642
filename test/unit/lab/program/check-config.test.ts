import { resolve } from "node:path";

import { describe, expect, test } from "vitest";

import { checkConfig } from "../../../../lab/program/check-config";
import { parseSetFlag } from "../../../../lab/program/set-flag";

describe("the values of --set", () => {
  const check = (...flags: string[]) => {
    checkConfig(resolve("."), flags.map(parseSetFlag));
  };

  test("pass if the program accepts them", () => {
    check();
    check("server:ingressType=NodePort", "server:ingressNodeAddress=203.0.113.10");
    check('istioCanary={"revision":"canary","version":"1.31.0"}', "client:intermediateKey=client");
  });

  test.each([
    [["nosuch=1"], "server", "nosuch"],
    [["client:egressGateway=none"], "client", "egressGateway"],
    [["server:ingressType=NodePort"], "server", "ingressNodeAddress"],
    [["server:clients=[]"], "server", "clients"],
  ])("%j are rejected as the program rejects them, by stack and key", (flags, stack, key) => {
    expect(() => {
      check(...flags);
    }).toThrow(
      new RegExp(
        `^The program rejects the --set values for the stack ${stack}\\.\\n[^]*istio-mtls:${key}: `,
      ),
    );
  });

  test.each([
    ["testPod=false", "--set client:testPod: must be true (got false)"],
    ["server:sampleService=false", "--set server:sampleService: must be true (got false)"],
  ])("%s is rejected because the lab needs it", (flag, message) => {
    expect(() => {
      check(flag);
    }).toThrow(message);
  });
});
