import type * as pulumi from "@pulumi/pulumi";

/** Waits for an output, so that an error stops the stack before it registers more resources. */
export function awaitOutput<Value>(output: pulumi.Output<Value>): Promise<Value> {
  return new Promise((done) => {
    output.apply(done);
  });
}
