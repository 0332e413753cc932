// Runs in the browser, on /docs.
const element = document.getElementById('swagger-ui');

const style = new CSSStyleSheet();
// The contract has no links between operations, and their empty column is what does not fit on a phone.
style.replaceSync('.swagger-ui .response-col_links { display: none }');
document.adoptedStyleSheets = [style];

/** Shows the example of an optional parameter, where the form would send it: every filter at once finds nothing. */
function shown(parameter) {
  const example = parameter?.get('example');
  if (example === undefined || parameter.get('required')) return parameter;
  const text = typeof example === 'object' ? example.join(',') : example;
  return parameter
    .delete('example')
    .update('description', (description = '') => `${description} Example: \`${text}\``.trim());
}

SwaggerUIBundle({
  url: element.dataset.contract,
  domNode: element,
  deepLinking: true,
  defaultModelsExpandDepth: 0,
  displayRequestDuration: true,
  validatorUrl: null,
  plugins: [
    {
      statePlugins: {
        spec: {
          wrapSelectors: {
            parameterWithMetaByIdentity:
              (original) =>
              (...given) =>
                shown(original(...given)),
          },
        },
      },
    },
  ],
});
