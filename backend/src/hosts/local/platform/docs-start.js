// Runs in the browser, on /docs.
const element = document.getElementById('swagger-ui');

const style = new CSSStyleSheet();
// Hides the column for links between operations: it is always empty, and the table with it is too wide for a phone.
style.replaceSync('.swagger-ui .response-col_links { display: none }');
document.adoptedStyleSheets = [style];

/** Removes the example of an optional parameter: Swagger UI would send it, and a list with all filters set is empty. */
function withoutPrefill(parameter) {
  return parameter?.get('required') ? parameter : parameter?.delete('example');
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
                withoutPrefill(original(...given)),
          },
        },
      },
    },
  ],
});
