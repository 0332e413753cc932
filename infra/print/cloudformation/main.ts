import { writeFileSync } from 'node:fs';
import { TEMPLATE_PATH, template } from './template.ts';

writeFileSync(new URL(`../../../${TEMPLATE_PATH}`, import.meta.url), template());
console.log(`Wrote ${TEMPLATE_PATH}.`);
