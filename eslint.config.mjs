import globals from 'globals';
import lit from 'eslint-plugin-lit';
import litA11y from 'eslint-plugin-lit-a11y';
import tseslint from 'typescript-eslint';
import wc from 'eslint-plugin-wc';

const bannedReads = ['dataSync', 'arraySync'].map((name) => ({
  selector: `CallExpression[callee.property.name='${name}']`,
  message: `${name} blocks the thread: read back once with data() and go on in typed arrays`,
}));

const bannedTime = {
  selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']",
  message: 'time comes from the frame or from a Clock',
};

export default tseslint.config(
  { ignores: ['dist/**', 'node_modules/**', 'src/ui/locales/generated/**', 'test-results/**', 'playwright-report/**'] },
  ...tseslint.configs.strictTypeChecked,
  ...tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }],
      eqeqeq: 'error',
      'no-console': 'error',
      'no-restricted-syntax': ['error', ...bannedReads, bannedTime],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      // A typed array read inside its bounds is written `as number`: `!` is banned below.
      '@typescript-eslint/non-nullable-type-assertion-style': 'off',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    },
  },
  {
    files: ['src/ui/**/*.ts'],
    plugins: { lit, wc, 'lit-a11y': litA11y },
    rules: {
      ...lit.configs['flat/recommended'].rules,
      ...wc.configs['flat/recommended'].rules,
      ...litA11y.configs.recommended.rules,
      'wc/guard-super-call': 'off',
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  {
    files: ['tools/**', 'src/server/**', 'test/**', 'models/**', '*.config.*', 'sw/vite.config.ts'],
    languageOptions: { globals: globals.node },
    rules: { 'no-console': 'off', '@typescript-eslint/no-non-null-assertion': 'off', 'no-restricted-syntax': ['error', ...bannedReads] },
  },
  { files: ['test/**'], rules: { 'no-restricted-syntax': 'off', 'max-lines': 'off' } },
  { files: ['**/*.mjs', '**/*.js'], extends: [tseslint.configs.disableTypeChecked] },
);
