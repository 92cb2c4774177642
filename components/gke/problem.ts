/** Something in the settings that Google would refuse, or that would not do what was meant. */
export interface Problem {
  /** Where: the setting's key, and what is inside it. */
  readonly path: readonly (string | number)[];
  /** What is wrong with its value, and the remedy. */
  readonly message: string;
}

/** One problem at `path`, or none. */
export function problem(path: Problem["path"], message: string | undefined): readonly Problem[] {
  return message === undefined ? [] : [{ path, message }];
}
