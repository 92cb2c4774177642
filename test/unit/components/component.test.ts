import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { expect, test } from "vitest";

import { Component } from "../../../components/component";
import { named, record } from "../../support/record";

/** A component with a child of the given name, and a grandchild. */
class Sample extends Component {
  constructor(
    name: string,
    child: string,
    grandchild: string,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("Sample", name, opts);
    const namespace = new k8s.core.v1.Namespace(child, {}, { parent: this });
    new k8s.core.v1.Namespace(grandchild, {}, { parent: namespace });
  }
}

test("a component has its class in its type, and records no inputs", async () => {
  const resources = await record(() => new Sample("one", "one-child", "one-child-below"));
  const { type, inputs } = named(resources, "one");
  expect(type).toBe("mtls:index:Sample");
  expect(inputs).toEqual({});
  expect(resources.map(({ name }) => name)).toEqual(["one", "one-child", "one-child-below"]);
});

test.each([
  ["a child", "other", "one-below"],
  ["a child whose name only continues the component's", "ones", "one-below"],
  ["a grandchild", "one-child", "below"],
])("%s that is not named after the component is refused", async (_, child, grandchild) => {
  let refusal: unknown;
  await record(() => {
    try {
      new Sample("one", child, grandchild);
    } catch (error) {
      refusal = error;
    }
  });
  expect(String(refusal)).toMatch(
    /"(other|ones|below)" is a child of Sample "one": its name must start with "one-"/,
  );
});

test("transformations of the caller still apply", async () => {
  const seen: string[] = [];
  await record(
    () =>
      new Sample("one", "one-child", "one-child-below", {
        transformations: [
          ({ name }) => {
            seen.push(name);
            return undefined;
          },
        ],
      }),
  );
  expect(seen).toContain("one-child");
});

test("children inherit the option protect", async () => {
  const resources = await record(() => new Sample("one", "one-child", "one-x", { protect: true }));
  expect(named(resources, "one-child").options.protect).toBe(true);
});
