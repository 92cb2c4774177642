import tseslint from "typescript-eslint";

export default tseslint.config(
  { ignores: ["node_modules"] },
  tseslint.configs.strictTypeChecked,
  tseslint.configs.stylisticTypeChecked,
  { languageOptions: { parserOptions: { projectService: true } } },
  {
    rules: {
      // A step, a name or an address is a number as often as a string.
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
    },
  },
  {
    files: [
      "components/**/*.ts",
      "examples/**/*.ts",
      "plugin/**/*.ts",
      "stacks/**/*.ts",
      "index.ts",
      "config/**/*.ts",
    ],
    rules: {
      "no-restricted-syntax": [
        "error",
        {
          selector:
            "CallExpression[callee.property.name='apply'] NewExpression:not([callee.name=/Error$/])",
          message: "Create resources outside apply, or preview cannot see them.",
        },
      ],
      // What a program registers may depend on its configuration alone.
      "no-restricted-properties": ["error", { object: "Math", property: "random" }],
      "no-restricted-globals": ["error", "Date"],
    },
  },
  { files: ["**/*.mjs", "**/*.cjs"], ...tseslint.configs.disableTypeChecked },
  { files: ["**/*.cjs"], rules: { "@typescript-eslint/no-require-imports": "off" } },
);
