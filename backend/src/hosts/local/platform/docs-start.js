// Runs in the browser, on /docs.
const element = document.getElementById('swagger-ui');

const style = new CSSStyleSheet();
// The contract has no links between operations, and their empty column is what does not fit on a phone.
style.replaceSync('.swagger-ui .response-col_links { display: none }');
document.adoptedStyleSheets = [style];

/** The form would send the example of every optional parameter, and all filters at once find nothing. */
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
