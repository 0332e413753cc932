// Runs in the browser, on /docs.
const element = document.getElementById('swagger-ui');
SwaggerUIBundle({
  url: element.dataset.contract,
  domNode: element,
  deepLinking: true,
  defaultModelsExpandDepth: 0,
  displayRequestDuration: true,
  validatorUrl: null,
});
