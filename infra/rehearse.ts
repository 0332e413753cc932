// Usage: npm run rehearse -- [rollback | cloudformation | options of the deployments]
const [rehearsal] = process.argv.slice(2);

if (rehearsal === 'rollback') await import('./rehearsal/rollback/main.ts');
else if (rehearsal === 'cloudformation') await import('./rehearsal/cloudformation/main.ts');
else await import('./rehearsal/main.ts');
