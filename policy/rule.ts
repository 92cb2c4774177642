/** A resource as Pulumi shows it to policies: after the provider checked its inputs, before it is created. Secrets are readable. */
export interface Resource {
  readonly type: string;
  readonly props: Readonly<Record<string, unknown>>;
  /** The outputs that the state always encrypts. */
  readonly secretOutputs?: readonly string[];
}

/** One resource, or the resources that a rule must see together. */
export type Example = Resource | readonly Resource[];

/** What all rules have. */
interface RuleBase {
  /** Name of the rule and of its file. */
  readonly name: string;
  /** What the rule requires, in one sentence. */
  readonly description: string;
  /** The page that explains it. */
  readonly url: string;
  /**
   * `mandatory` stops the operation, `advisory` only warns.
   * Users can change it with `--policy-pack-config`.
   */
  readonly level: "mandatory" | "advisory";
  /** Integers that users can set with `--policy-pack-config`, with their defaults. */
  readonly limits?: Readonly<Record<string, number>>;
  /** What the rule accepts and what it reports. The tests run all of them. */
  readonly examples: {
    readonly passes: Readonly<Record<string, Example>>;
    readonly fails: Readonly<Record<string, Example>>;
  };
}

/** A rule that checks each resource separately. */
export interface ResourceRule extends RuleBase {
  /** The types that it checks. */
  readonly types: readonly string[] | "any";
  /** What is wrong with a resource: what is allowed, what was found, and why or what to do. */
  readonly problems: (
    resource: Resource,
    limits: Readonly<Record<string, number>>,
  ) => Iterable<string>;
}

/** A rule that checks all resources of a stack together, for example that one of them exists. */
export interface StackRule extends RuleBase {
  /** What is wrong with the stack: what is allowed, what was found, and why or what to do. */
  readonly stackProblems: (resources: readonly Resource[]) => Iterable<string>;
}

export type Rule = ResourceRule | StackRule;
