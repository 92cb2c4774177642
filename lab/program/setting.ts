/** A value of a stack's configuration: text, or what is written as structure in a stack's file. */
export type Setting = string | number | boolean | object;
