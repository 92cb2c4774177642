/** A value of a stack's configuration: text, or what is written as structure in a stack's file. */
export type ConfigValue = string | number | boolean | object;
