/** A resource as the engine shows it to a rule: after `Check`, before anything is created. Secrets are open. */
export interface Resource {
  readonly type: string;
  readonly props: Readonly<Record<string, unknown>>;
  /** Outputs that the state keeps encrypted, whatever they hold. */
  readonly secretOutputs?: readonly string[];
}

/** One resource, or as many as a rule must see together. */
export type Example = Resource | readonly Resource[];

/** What every rule says of itself. */
interface About {
  /** The name of its file. */
  readonly name: string;
  /** What must hold, in one sentence. */
  readonly description: string;
  /** The page that it rests on. */
  readonly url: string;
  /**
   * `mandatory` stops the operation, `advisory` warns.
   * A user may say otherwise by `--policy-pack-config`.
   */
  readonly level: "mandatory" | "advisory";
  /** Whole numbers that a user may set by `--policy-pack-config`, with their defaults. */
  readonly limits?: Readonly<Record<string, number>>;
  /** What the rule lets pass and what it stops, by what it shows. It is all that a rule's tests are made of. */
  readonly examples: {
    readonly passes: Readonly<Record<string, Example>>;
    readonly fails: Readonly<Record<string, Example>>;
  };
}

/** A rule about each resource by itself. */
export interface ResourceRule extends About {
  /** Types that it looks at. */
  readonly types: readonly string[] | "any";
  /** What is wrong with a resource of these types, each with its remedy. */
  readonly problems: (
    resource: Resource,
    limits: Readonly<Record<string, number>>,
  ) => Iterable<string>;
}

/** A rule about what a stack has, and what it has not. */
export interface StackRule extends About {
  /** What is wrong with a stack of these resources, each with its remedy. */
  readonly stackProblems: (resources: readonly Resource[]) => Iterable<string>;
}

/** Something that must not happen. */
export type Rule = ResourceRule | StackRule;
