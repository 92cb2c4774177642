/** A value of a stack's configuration: a string, or a structure as a stack file writes it. */
export type ConfigValue = string | number | boolean | object;
