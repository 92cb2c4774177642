import tseslint from "typescript-eslint";

export default tseslint.config(
  { ignores: ["node_modules"] },
  tseslint.configs.strictTypeChecked,
  tseslint.configs.stylisticTypeChecked,
  { languageOptions: { parserOptions: { projectService: true } } },
  {
    rules: {
      // Steps, ports and counts are numbers.
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
      // A program may register resources only from its configuration, so that each run gives the same result.
      "no-restricted-properties": ["error", { object: "Math", property: "random" }],
      "no-restricted-globals": ["error", "Date"],
    },
  },
  { files: ["**/*.mjs", "**/*.cjs"], ...tseslint.configs.disableTypeChecked },
  { files: ["**/*.cjs"], rules: { "@typescript-eslint/no-require-imports": "off" } },
);
